import type { KeyStore, StoredApiKey } from '../stores/keys.ts';
import { instant } from './column-types.ts';
import type { Database } from './database.ts';

interface ApiKeyRow {
  tenant_id: string;
  app_id: string;
  api_id: string;
  secret_hash: Uint8Array;
  scopes: string[];
  expires_at: number | null;
  revoked_at: number | null;
}

export function createKeyStore(database: Database): KeyStore {
  return {
    async find(apiId) {
      const [row] = await database.run<ApiKeyRow>(
        'find an API key',
        {
          name: 'find-key',
          text: `select tenant_id, app_id, api_id, secret_hash, scopes, expires_at, revoked_at
                 from api_keys where api_id = $1`,
        },
        [apiId],
      );
      return row && toApiKey(row);
    },
    async insert(key) {
      await database.run(
        'insert an API key',
        `insert into api_keys (tenant_id, app_id, api_id, secret_hash, scopes, expires_at, revoked_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          key.tenantId,
          key.appId,
          key.apiId,
          key.secretHash,
          [...key.scopes],
          instant(key.expiresAtMs),
          instant(key.revokedAtMs),
        ],
      );
    },
    async touch(apiId, usedAtMs) {
      // At most one write a minute and key, however many requests it makes.
      await database.run(
        'note the use of an API key',
        `update api_keys set last_used_at = $2
         where api_id = $1 and (last_used_at is null or last_used_at <= $2::timestamptz - interval '1 minute')`,
        [apiId, instant(usedAtMs)],
      );
    },
  };
}

function toApiKey(row: ApiKeyRow): StoredApiKey {
  return {
    tenantId: row.tenant_id,
    appId: row.app_id,
    apiId: row.api_id,
    secretHash: row.secret_hash,
    scopes: row.scopes,
    expiresAtMs: row.expires_at ?? undefined,
    revokedAtMs: row.revoked_at ?? undefined,
  };
}
