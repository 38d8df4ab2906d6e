import type { EndpointStore, SealedEndpointSecret } from '../../stores/endpoints.ts';
import { instant } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import {
  changedColumnValues,
  ENDPOINT_COLUMNS,
  newColumnValues,
  toEndpoint,
  type EndpointRow,
} from './endpoint-columns.ts';
import { forgetSigningSecrets } from './forget-signing-secrets.ts';

/** Later than the change before it, so that who compares instants misses no change. */
const NEXT_UPDATE = (parameter: string): string =>
  `greatest(${parameter}, updated_at + interval '1 millisecond')`;

const PAUSE = `update endpoints set paused_at = case when $3 then coalesce(paused_at, $4) end, updated_at = ${NEXT_UPDATE('$4')}
where tenant_id = $1 and endpoint_id = $2 returning ${ENDPOINT_COLUMNS}`;

const DISABLE = `update endpoints set enabled = false, state_reason = $3, updated_at = ${NEXT_UPDATE('$4')}
where tenant_id = $1 and endpoint_id = $2 and enabled returning 1`;

export function createEndpointStore(database: Database): EndpointStore {
  return {
    create: (input) =>
      database.transaction('create an endpoint', async (session) => {
        const { tenantId, endpointId } = input;
        const { columns, values } = newColumnValues(input.fields);
        const [row] = await session.rows<EndpointRow>(insertStatement(columns), [
          tenantId,
          input.appId,
          endpointId,
          instant(input.atMs),
          ...values,
        ]);
        await insertSecrets(session, tenantId, endpointId, input.secrets);
        return toEndpoint(theRow(row));
      }),
    async get(tenantId, endpointId) {
      const [row] = await database.run<EndpointRow>(
        'read an endpoint',
        `select ${ENDPOINT_COLUMNS} from endpoints where tenant_id = $1 and endpoint_id = $2`,
        [tenantId, endpointId],
      );
      return row && toEndpoint(row);
    },
    async list({ tenantId, appId, cursor, limit }) {
      const rows = await database.run<EndpointRow>(
        'list endpoints',
        `select ${ENDPOINT_COLUMNS} from endpoints where tenant_id = $1 and app_id = $2 and ($3::text is null or endpoint_id > $3)
         order by endpoint_id limit $4`,
        [tenantId, appId, cursor ?? null, limit + 1],
      );
      const items = rows.slice(0, limit).map(toEndpoint);
      return { items, nextCursor: rows.length > limit ? items.at(-1)?.endpointId : undefined };
    },
    update: (input) =>
      database.transaction('update an endpoint', async (session) => {
        const { tenantId, endpointId, secrets, keptKinds = [] } = input;
        const { columns, values } = changedColumnValues(input.fields);
        const [row] = await session.rows<EndpointRow>(updateStatement(columns), [
          tenantId,
          endpointId,
          instant(input.atMs),
          instant(input.ifUpdatedAtMs),
          ...values,
        ]);
        if (row === undefined) return undefined;
        if (secrets !== undefined) {
          await session.rows(
            'delete from endpoint_secrets where tenant_id = $1 and endpoint_id = $2 and kind <> all ($3::text[])',
            [tenantId, endpointId, [...keptKinds]],
          );
          await insertSecrets(session, tenantId, endpointId, secrets);
        }
        return toEndpoint(row);
      }),
    async setPaused({ tenantId, endpointId, paused, atMs }) {
      const values = [tenantId, endpointId, paused, instant(atMs)];
      const [row] = await database.run<EndpointRow>('pause or resume an endpoint', PAUSE, values);
      return row && toEndpoint(row);
    },
    async disable({ tenantId, endpointId, reason, atMs }) {
      const values = [tenantId, endpointId, reason, instant(atMs)];
      return (await database.run('disable an endpoint', DISABLE, values)).length > 0;
    },
    async delete(tenantId, endpointId) {
      const deleted = await database.run(
        'delete an endpoint',
        'delete from endpoints where tenant_id = $1 and endpoint_id = $2 returning 1',
        [tenantId, endpointId],
      );
      return deleted.length > 0;
    },
    forgetSigningSecrets: (ended) => forgetSigningSecrets(database, ended),
    getSecrets: (tenantId, endpointId) =>
      database.run<{ kind: string; sealed: Uint8Array }>(
        'read the secrets of an endpoint',
        'select kind, sealed from endpoint_secrets where tenant_id = $1 and endpoint_id = $2 order by kind',
        [tenantId, endpointId],
      ),
  };
}

function insertStatement(columns: readonly string[]): string {
  const parameters = columns.map((_, index) => `$${index + 5}`).join(', ');
  return `insert into endpoints (tenant_id, app_id, endpoint_id, created_at, updated_at, ${columns.join(', ')})
    values ($1, $2, $3, $4, $4, ${parameters}) returning ${ENDPOINT_COLUMNS}`;
}

/** Who enables an endpoint clears the reason why it was disabled. */
function updateStatement(columns: readonly string[]): string {
  const assignments = columns.map((column, index) => `${column} = $${index + 5}`);
  const enabledAt = columns.indexOf('enabled');
  if (enabledAt >= 0)
    assignments.push(`state_reason = case when $${enabledAt + 5} then null else state_reason end`);
  assignments.push(`updated_at = ${NEXT_UPDATE('$3')}`);
  return `update endpoints set ${assignments.join(', ')} where tenant_id = $1 and endpoint_id = $2
    and ($4::timestamptz is null or updated_at = $4) returning ${ENDPOINT_COLUMNS}`;
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
