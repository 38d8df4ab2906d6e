import { randomUUID } from 'node:crypto';
import type { TenantStore } from '../../stores/keys.ts';
import type { Database } from '../database.ts';

export function createTenantStore(database: Database): TenantStore {
  return {
    ensureDefault: (names) =>
      database.transaction('make sure of the default tenant', async (session) => {
        // Two first starts at once must not make two tenants.
        await session.rows('lock table tenants in share row exclusive mode', []);
        const tenantId = await firstOrInsert(
          () =>
            session.rows('select tenant_id as id from tenants order by created_at, tenant_id limit 1', []),
          (id) => session.rows('insert into tenants (tenant_id, name) values ($1, $2)', [id, names.tenant]),
        );
        const appId = await firstOrInsert(
          () =>
            session.rows(
              'select app_id as id from apps where tenant_id = $1 order by created_at, app_id limit 1',
              [tenantId],
            ),
          (id) =>
            session.rows('insert into apps (tenant_id, app_id, name) values ($1, $2, $3)', [
              tenantId,
              id,
              names.app,
            ]),
        );
        return { tenantId, appId };
      }),
  };
}

async function firstOrInsert(
  select: () => Promise<{ id: string }[]>,
  insert: (id: string) => Promise<unknown>,
): Promise<string> {
  const [first] = await select();
  if (first !== undefined) return first.id;
  const id = randomUUID();
  await insert(id);
  return id;
}
