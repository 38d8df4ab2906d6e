import { withCheckedAnswers } from '@earshot/api/testing';
import type { FakeKey } from '@earshot/http/testing';
import { createFakeLiveBus } from '@earshot/queues/testing';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createTestDatabase, type TestDatabase } from '@earshot/testing';
import { afterAll, beforeAll } from 'vitest';
import { createMessagesApp } from '../app.ts';
import { createLiveConnections } from '../live/live-connections.ts';

export interface StoredMessages {
  readonly storage: Storage;
  /** The routes over that storage, for requests with the key; nobody can follow a call live. */
  appFor(key: FakeKey): ReturnType<typeof createMessagesApp>;
}

/** A migrated database of its own for the tests of a file; the clock of the routes stands at `nowMs`. */
export function useStoredMessages(nowMs: number): StoredMessages {
  const state: { database?: TestDatabase; storage?: Storage } = {};
  beforeAll(async () => {
    state.database = await createTestDatabase();
    await migrate(state.database.url);
    state.storage = createStorage({ databaseUrl: state.database.url });
  });
  afterAll(async () => {
    await state.storage?.close();
    await state.database?.drop();
  });
  return {
    get storage() {
      return ready(state.storage);
    },
    appFor: (key) => appOver(ready(state.storage), key, nowMs),
  };
}

function appOver(storage: Storage, key: FakeKey, nowMs: number) {
  const metrics = createMetrics('messages');
  return withCheckedAnswers(
    createMessagesApp({
      logger: createLogger({ app: 'messages', level: 'silent' }),
      metrics,
      clock: { now: () => nowMs },
      keys: key.lookup,
      rateLimit: { requestsPerSecond: 1000 },
      checkReady: async () => {},
      conversations: storage.conversations,
      messages: storage.messages,
      calls: storage.calls,
      liveMessages: storage.liveMessages,
      bus: createFakeLiveBus(),
      connections: createLiveConnections(0, metrics),
      stallMs: 1000,
      lingerMs: 0,
      redactionSettings: storage.redactionSettings,
      redactionForced: false,
      messageIdKey: new Uint8Array(32),
      openSealed: async () => new Uint8Array(),
    }),
  );
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Cannot use the database before the tests have begun');
  return value;
}
