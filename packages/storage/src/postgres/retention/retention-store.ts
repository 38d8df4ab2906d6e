import type { RetentionStore } from '../../stores/retention.ts';
import type { Database } from '../database.ts';
import { eraseExpired, eraseExpiredDeliveries, eraseExpiredReceipts } from './erase-expired.ts';
import { claimExpiredRecordings, findGoneConversations, forgetRecordings } from './erase-recordings.ts';
import { eraseOnRequest } from './erase-on-request.ts';
import { createErasedCounts } from './erased-counts.ts';
import { createErasureReceipts } from './erasure-receipts.ts';
import { createLegalHolds } from './legal-holds.ts';
import { readRetentionSettings, writeRetentionSettings } from './retention-settings.ts';

export function createRetentionStore(database: Database): RetentionStore {
  return {
    ...createLegalHolds(database),
    ...createErasedCounts(database),
    ...createErasureReceipts(database),
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
  };
}
