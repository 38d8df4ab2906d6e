import type { ErasedCounts, ErasureReceipt, ErasureSubject, RetentionStore } from '../stores/retention.ts';
import { instant } from './column-types.ts';
import type { Database } from './database.ts';
import { NOTHING_ERASED } from './erase-conversations.ts';
import {
  eraseExpired,
  eraseExpiredDeliveries,
  eraseExpiredReceipts,
  requestExpiredExports,
} from './erase-expired.ts';
import { claimExpiredRecordings, findGoneConversations, forgetRecordings } from './erase-recordings.ts';
import { eraseOnRequest } from './erase-on-request.ts';
import { readRetentionSettings, writeRetentionSettings } from './retention-settings.ts';

interface ReceiptRow {
  subject: ErasureSubject;
  subject_hash: Uint8Array;
  requested_by: string;
  erased_at: number;
  counts: Partial<ErasedCounts>;
  digest: string;
}

/** The foreign key of the hold makes it wait for an erasure under way, and then find nothing to hold. */
const PLACE_HOLD = `with conversation as (
  select tenant_id, conversation_id from conversations where tenant_id = $1 and external_id = $2
), placed as (
  insert into conversation_holds (tenant_id, conversation_id, placed_by, placed_at)
  select tenant_id, conversation_id, $3, $4 from conversation on conflict do nothing returning placed_at
)
select coalesce((select placed_at from placed), h.placed_at) as "placedAtMs" from conversation c
left join conversation_holds h using (tenant_id, conversation_id)`;

const LIFT_HOLD = `with conversation as (
  select tenant_id, conversation_id from conversations where tenant_id = $1 and external_id = $2
), lifted as (
  delete from conversation_holds h using conversation c
  where h.tenant_id = c.tenant_id and h.conversation_id = c.conversation_id
)
select 1 from conversation`;

export function createRetentionStore(database: Database): RetentionStore {
  return {
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
    requestExpiredExports: async (batch) => await requestExpiredExports(database, batch),
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
    async placeHold({ tenantId, externalId, placedBy, atMs }) {
      const values = [tenantId, externalId, placedBy, instant(atMs)];
      const [row] = await database.run<{ placedAtMs: number | null }>('place a hold', PLACE_HOLD, values);
      // Of two at once the second sees no row of the first, and both began at about this instant.
      return row && { externalId, placedAtMs: row.placedAtMs ?? atMs };
    },
    async liftHold(tenantId, externalId) {
      return (await database.run('lift a hold', LIFT_HOLD, [tenantId, externalId])).length > 0;
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
