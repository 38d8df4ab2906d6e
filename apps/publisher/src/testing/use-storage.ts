import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createTestDatabase } from '@earshot/testing';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Account } from './call-writer.ts';

/** A migrated database of its own for the tests of a file, with one tenant and app; endpoints live for one test. */
export function useStorage(): { readonly storage: Storage; readonly account: Account; readonly url: string } {
  const state: { storage?: Storage; account?: Account; url?: string; drop?: () => Promise<void> } = {};
  beforeAll(async () => {
    const database = await createTestDatabase();
    state.drop = () => database.drop();
    state.url = database.url;
    await migrate(database.url);
    state.storage = createStorage({ databaseUrl: database.url });
    state.account = await state.storage.tenants.ensureDefault({ tenant: 'team', app: 'app' });
  });
  afterEach(async () => {
    const { storage, account } = state;
    if (storage === undefined || account === undefined) return;
    const { items } = await storage.endpoints.list({ ...account, limit: 100 });
    for (const { endpointId } of items) await storage.endpoints.delete(account.tenantId, endpointId);
  });
  afterAll(async () => {
    await state.storage?.close();
    await state.drop?.();
  });
  return {
    get storage() {
      return ready(state.storage);
    },
    get account() {
      return ready(state.account);
    },
    get url() {
      return ready(state.url);
    },
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Cannot use the database before the tests have begun');
  return value;
}
