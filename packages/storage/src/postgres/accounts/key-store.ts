import type { ApiKeyRecord, KeyStore, NewApiKey, StoredApiKey } from '../../stores/keys.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';

interface SharedRow {
  tenant_id: string;
  app_id: string;
  api_id: string;
  scopes: string[];
  expires_at: number | null;
  revoked_at: number | null;
}

interface ApiKeyRow extends SharedRow {
  secret_hash: Uint8Array;
}

interface RecordRow extends SharedRow {
  name: string;
  created_at: number;
  last_used_at: number | null;
}

const FIND = {
  name: 'find-key',
  text: `select tenant_id, app_id, api_id, secret_hash, scopes, expires_at, revoked_at
         from api_keys where api_id = $1`,
};

const RECORD = 'tenant_id, app_id, api_id, name, scopes, created_at, expires_at, revoked_at, last_used_at';

const INSERT = `insert into api_keys
  (tenant_id, app_id, api_id, secret_hash, scopes, expires_at, revoked_at, name, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, now()))`;

/** At most one write a minute and key, however many requests it makes. */
const TOUCH = `update api_keys set last_used_at = $2
where api_id = $1 and (last_used_at is null or last_used_at <= $2::timestamptz - interval '1 minute')`;

const LIST = `select ${RECORD} from api_keys
where tenant_id = $1 and app_id = $2 and ($3::text is null or api_id > $3) order by api_id limit $4`;

const RETIRE = `update api_keys set revoked_at = $4
where tenant_id = $1 and app_id = $2 and api_id = $3 and revoked_at is null returning 1`;

const REVOKE = `update api_keys set revoked_at = least(revoked_at, $4)
where tenant_id = $1 and app_id = $2 and api_id = $3 returning 1`;

export function createKeyStore(database: Database): KeyStore {
  return {
    async find(apiId) {
      const [row] = await database.run<ApiKeyRow>('find an API key', FIND, [apiId]);
      return row && { ...sharedFields(row), secretHash: row.secret_hash };
    },
    async insert(key) {
      await database.run('insert an API key', INSERT, insertValues(key));
    },
    async touch(apiId, usedAtMs) {
      await database.run('note the use of an API key', TOUCH, [apiId, instant(usedAtMs)]);
    },
    async get(tenantId, appId, apiId) {
      const [row] = await database.run<RecordRow>(
        'read an API key',
        `select ${RECORD} from api_keys where tenant_id = $1 and app_id = $2 and api_id = $3`,
        [tenantId, appId, apiId],
      );
      return row && toRecord(row);
    },
    async list({ tenantId, appId, cursor, limit }) {
      const values = [tenantId, appId, cursor ?? null, limit + 1];
      const rows = await database.run<RecordRow>('list API keys', LIST, values);
      const items = rows.slice(0, limit).map(toRecord);
      return { items, nextCursor: rows.length > limit ? items.at(-1)?.apiId : undefined };
    },
    rotate: ({ tenantId, appId, apiId, revokedAtMs, next }) =>
      database.transaction('rotate an API key', async (session) => {
        const retired = await session.rows(RETIRE, [tenantId, appId, apiId, instant(revokedAtMs)]);
        if (retired.length === 0) return false;
        await session.rows(INSERT, insertValues(next));
        return true;
      }),
    async revoke({ tenantId, appId, apiId, atMs }) {
      const values = [tenantId, appId, apiId, instant(atMs)];
      return (await database.run('revoke an API key', REVOKE, values)).length > 0;
    },
  };
}

function insertValues(key: NewApiKey): unknown[] {
  return [
    key.tenantId,
    key.appId,
    key.apiId,
    key.secretHash,
    [...key.scopes],
    instant(key.expiresAtMs),
    instant(key.revokedAtMs),
    key.name ?? '',
    instant(key.createdAtMs),
  ];
}

function toRecord(row: RecordRow): ApiKeyRecord {
  return {
    ...sharedFields(row),
    name: row.name,
    createdAtMs: row.created_at,
    lastUsedAtMs: row.last_used_at ?? undefined,
  };
}

function sharedFields(row: SharedRow): Omit<StoredApiKey, 'secretHash'> {
  return {
    tenantId: row.tenant_id,
    appId: row.app_id,
    apiId: row.api_id,
    scopes: row.scopes,
    expiresAtMs: row.expires_at ?? undefined,
    revokedAtMs: row.revoked_at ?? undefined,
  };
}
