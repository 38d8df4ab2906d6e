import type { ErasedCounts, ErasureReceipt, ErasureSubject, RetentionStore } from '../../stores/retention.ts';
import type { Database } from '../database.ts';
import { NOTHING_ERASED } from './erase-conversations.ts';
import { eraseExpired, eraseExpiredDeliveries, eraseExpiredReceipts } from './erase-expired.ts';
import { claimExpiredRecordings, findGoneConversations, forgetRecordings } from './erase-recordings.ts';
import { eraseOnRequest } from './erase-on-request.ts';
import { createErasedCounts } from './erased-counts.ts';
import { createLegalHolds } from './legal-holds.ts';
import { readRetentionSettings, writeRetentionSettings } from './retention-settings.ts';

interface ReceiptRow {
  subject: ErasureSubject;
  subject_hash: Uint8Array;
  requested_by: string;
  erased_at: number;
  counts: Partial<ErasedCounts>;
  digest: string;
}

export function createRetentionStore(database: Database): RetentionStore {
  return {
    ...createLegalHolds(database),
    ...createErasedCounts(database),
    getSettings: async (tenantId) => await readRetentionSettings(database, tenantId),
    putSettings: async (tenantId, settings, atMs) =>
      await writeRetentionSettings(database, tenantId, settings, atMs),
    async listTenants({ after, limit }) {
      const rows = await database.run<{ tenantId: string }>(
        'list tenants',
        'select tenant_id as "tenantId" from tenants where tenant_id > $1 order by tenant_id limit $2',
        [after ?? '', limit],
      );
      return rows.map(({ tenantId }) => tenantId);
    },
    eraseExpired: async (batch) => await eraseExpired(database, batch),
    claimExpiredRecordings: async (batch) => await claimExpiredRecordings(database, batch),
    forgetRecordings: async (tenantId, sessionIds) => await forgetRecordings(database, tenantId, sessionIds),
    findGoneConversations: async (tenantId, ids) => await findGoneConversations(database, tenantId, ids),
    eraseExpiredDeliveries: async (batch) => await eraseExpiredDeliveries(database, batch),
    eraseExpiredReceipts: async (batch) => await eraseExpiredReceipts(database, batch),
    eraseConversation: async (externalId, request) =>
      await eraseOnRequest(database, { subject: 'conversation', externalId }, request),
    eraseCustomer: async (externalId, request) =>
      await eraseOnRequest(database, { subject: 'customer', externalId }, request),
    async findReceipt(tenantId, erasureId) {
      const [row] = await database.run<ReceiptRow>(
        'find a receipt',
        `select subject, subject_hash, requested_by, erased_at, counts, digest from erasure_receipts
         where tenant_id = $1 and erasure_id = $2`,
        [tenantId, erasureId],
      );
      return row && toReceipt(tenantId, erasureId, row);
    },
    async findErasureOf(tenantId, subjectHash) {
      const [row] = await database.run<{ erasureId: string }>(
        'find the receipt of a subject',
        `select erasure_id as "erasureId" from erasure_receipts
         where tenant_id = $1 and subject_hash = $2 order by erased_at desc limit 1`,
        [tenantId, subjectHash],
      );
      return row?.erasureId;
    },
  };
}

function toReceipt(tenantId: string, erasureId: string, row: ReceiptRow): ErasureReceipt {
  return {
    tenantId,
    erasureId,
    subject: row.subject,
    subjectHash: row.subject_hash,
    requestedBy: row.requested_by,
    erasedAtMs: row.erased_at,
    counts: { ...NOTHING_ERASED, ...row.counts },
    digest: row.digest,
  };
}
