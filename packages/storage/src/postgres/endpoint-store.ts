import type { Endpoint, EndpointStore, SealedEndpointSecret } from '../stores/endpoints.ts';
import { instant, json } from './column-types.ts';
import type { Database, Session } from './database.ts';

interface EndpointRow {
  tenant_id: string;
  app_id: string;
  endpoint_id: string;
  name: string;
  url: string;
  enabled: boolean;
  state_reason: string | null;
  policy: Endpoint['policy'];
  pending_max: number;
  pending_age_max_ms: number;
  timeout_ms: number;
  auth: Endpoint['auth'];
  partials: boolean;
  created_at: number;
  updated_at: number;
}

const COLUMNS = `tenant_id, app_id, endpoint_id, name, url, enabled, state_reason, policy, pending_max,
  pending_age_max_ms, timeout_ms, auth, partials, created_at, updated_at`;

const INSERT = `insert into endpoints (tenant_id, app_id, endpoint_id, name, url, enabled, policy, pending_max,
  pending_age_max_ms, timeout_ms, auth, partials, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) returning ${COLUMNS}`;

/** No field may become null, so a null parameter means "as it is". Who enables an endpoint clears the reason. */
const UPDATE = `update endpoints set name = coalesce($3, name), url = coalesce($4, url),
  enabled = coalesce($5, enabled), policy = coalesce($6, policy), pending_max = coalesce($7, pending_max),
  pending_age_max_ms = coalesce($8, pending_age_max_ms), timeout_ms = coalesce($9, timeout_ms),
  auth = coalesce($10, auth), partials = coalesce($11, partials), updated_at = $12, state_reason = case when $5 then null else state_reason end
where tenant_id = $1 and endpoint_id = $2 returning ${COLUMNS}`;

export function createEndpointStore(database: Database): EndpointStore {
  return {
    create: (input) =>
      database.transaction('create an endpoint', async (session) => {
        const { tenantId, endpointId, fields } = input;
        const [row] = await session.rows<EndpointRow>(INSERT, [
          tenantId,
          input.appId,
          endpointId,
          ...fieldValues(fields),
          instant(input.atMs),
        ]);
        await insertSecrets(session, tenantId, endpointId, input.secrets);
        return toEndpoint(theRow(row));
      }),
    async get(tenantId, endpointId) {
      const [row] = await database.run<EndpointRow>(
        'read an endpoint',
        `select ${COLUMNS} from endpoints where tenant_id = $1 and endpoint_id = $2`,
        [tenantId, endpointId],
      );
      return row && toEndpoint(row);
    },
    async list({ tenantId, appId, cursor, limit }) {
      const rows = await database.run<EndpointRow>(
        'list endpoints',
        `select ${COLUMNS} from endpoints where tenant_id = $1 and app_id = $2 and ($3::text is null or endpoint_id > $3)
         order by endpoint_id limit $4`,
        [tenantId, appId, cursor ?? null, limit + 1],
      );
      const items = rows.slice(0, limit).map(toEndpoint);
      return { items, nextCursor: rows.length > limit ? items.at(-1)?.endpointId : undefined };
    },
    update: (input) =>
      database.transaction('update an endpoint', async (session) => {
        const { tenantId, endpointId, fields, secrets } = input;
        const values = [tenantId, endpointId, ...fieldValues(fields), instant(input.atMs)];
        const [row] = await session.rows<EndpointRow>(UPDATE, values);
        if (row === undefined) return undefined;
        if (secrets !== undefined) {
          await session.rows('delete from endpoint_secrets where tenant_id = $1 and endpoint_id = $2', [
            tenantId,
            endpointId,
          ]);
          await insertSecrets(session, tenantId, endpointId, secrets);
        }
        return toEndpoint(row);
      }),
    async delete(tenantId, endpointId) {
      const deleted = await database.run(
        'delete an endpoint',
        'delete from endpoints where tenant_id = $1 and endpoint_id = $2 returning 1',
        [tenantId, endpointId],
      );
      return deleted.length > 0;
    },
    getSecrets: (tenantId, endpointId) =>
      database.run<{ kind: string; sealed: Uint8Array }>(
        'read the secrets of an endpoint',
        'select kind, sealed from endpoint_secrets where tenant_id = $1 and endpoint_id = $2 order by kind',
        [tenantId, endpointId],
      ),
  };
}

function fieldValues(fields: Partial<Parameters<EndpointStore['create']>[0]['fields']>): unknown[] {
  return [
    fields.name ?? null,
    fields.url ?? null,
    fields.enabled ?? null,
    fields.policy ?? null,
    fields.pendingMax ?? null,
    fields.pendingAgeMaxMs ?? null,
    fields.timeoutMs ?? null,
    json(fields.auth),
    fields.partials ?? null,
  ];
}

async function insertSecrets(
  session: Session,
  tenantId: string,
  endpointId: string,
  secrets: readonly SealedEndpointSecret[],
): Promise<void> {
  if (secrets.length === 0) return;
  await session.rows(
    `insert into endpoint_secrets (tenant_id, endpoint_id, kind, sealed)
     select $1, $2, kind, sealed from unnest($3::text[], $4::bytea[]) as secret (kind, sealed)`,
    [
      tenantId,
      endpointId,
      secrets.map((secret) => secret.kind),
      secrets.map((secret) => Buffer.from(secret.sealed)),
    ],
  );
}

function theRow(row: EndpointRow | undefined): EndpointRow {
  if (row === undefined) throw new Error('Cannot read the endpoint just inserted: no row came back');
  return row;
}

function toEndpoint(row: EndpointRow): Endpoint {
  return {
    tenantId: row.tenant_id,
    appId: row.app_id,
    endpointId: row.endpoint_id,
    name: row.name,
    url: row.url,
    enabled: row.enabled,
    stateReason: row.state_reason ?? undefined,
    policy: row.policy,
    pendingMax: row.pending_max,
    pendingAgeMaxMs: row.pending_age_max_ms,
    timeoutMs: row.timeout_ms,
    auth: row.auth,
    partials: row.partials,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}
