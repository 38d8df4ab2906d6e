import type { MessageDays } from '@earshot/storage';
import { createDirectoryStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COUNTS } from '../testing/retention-under-test.ts';
import { eraseExpiredOnce, startRetention, type ExpiryStore } from './retention-loop.ts';

const NONE = Object.fromEntries(Object.keys(COUNTS).map((key) => [key, 0])) as unknown as typeof COUNTS;

/** Tenants with as many expired conversations each. */
function tenantsWith(
  expired: Record<string, number>,
  change: Partial<ExpiryStore> = {},
  messageDays: MessageDays = {
    makeAhead: async () => undefined,
    dropExpired: async () => ({ days: 0, messages: 0 }),
  },
) {
  const left = new Map(Object.entries(expired));
  const asked: string[] = [];
  const metrics = createMetrics('messages');
  const retention: ExpiryStore = {
    listTenants: async ({ after = '', limit }) =>
      [...left.keys()]
        .toSorted()
        .filter((id) => id > after)
        .slice(0, limit),
    async eraseExpired({ tenantId, limit }) {
      asked.push(tenantId);
      const conversations = Math.min(limit, left.get(tenantId) ?? 0);
      left.set(tenantId, (left.get(tenantId) ?? 0) - conversations);
      return { ...NONE, conversations, messages: conversations * 2 };
    },
    eraseExpiredDeliveries: async () => 3,
    eraseExpiredReceipts: async () => 0,
    claimExpiredRecordings: async () => [],
    forgetRecordings: async () => 0,
    findGoneConversations: async () => [],
    ...change,
  };
  const deps = {
    retention,
    messageDays,
    recordingObjects: undefined,
    metrics,
    clock: { now: () => 0 },
    logger: createLogger({ app: 'messages', level: 'silent' }),
  };
  return { deps, left, asked, metrics };
}

describe('eraseExpiredOnce', () => {
  const never = new AbortController().signal;

  it('goes through all tenants in batches until nothing is left, and counts', async () => {
    const { deps, left } = tenantsWith({ a: 45, b: 0, c: 20 });
    const counted = new Map<string, number>();
    await eraseExpiredOnce(deps, (kind, rows) => counted.set(kind, (counted.get(kind) ?? 0) + rows), never);
    expect([...left.values()]).toEqual([0, 0, 0]);
    expect(Object.fromEntries(counted)).toEqual({
      recordings: 0,
      conversations: 65,
      messages: 130,
      'message-days': 0,
      deliveries: 9,
      receipts: 0,
    });
  });

  it('pages through many tenants', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `t${String(index).padStart(3, '0')}`);
    const { deps, asked } = tenantsWith(Object.fromEntries(ids.map((id) => [id, 0])));
    await eraseExpiredOnce(deps, () => undefined, never);
    expect(asked).toEqual(ids);
  });

  it('goes on with the others when a tenant fails', async () => {
    const { deps, asked } = tenantsWith(
      { a: 0, b: 0 },
      { eraseExpiredReceipts: () => Promise.reject(new Error('no')) },
    );
    await eraseExpiredOnce(deps, () => undefined, never);
    expect(asked).toEqual(['a', 'b']);
  });

  it('erases all else while the store that keeps recordings is not named', async () => {
    const due = { sessionId: 'session', conversationId: '01CALL' };
    const steps: string[] = [];
    const { deps } = tenantsWith(
      { a: 1 },
      {
        claimExpiredRecordings: async () => [due],
        forgetRecordings: async () => steps.push('forgotten'),
        async eraseExpiredReceipts() {
          steps.push('receipts');
          return 0;
        },
      },
    );
    await eraseExpiredOnce(deps, (kind, rows) => rows > 0 && steps.push(kind), never);
    expect(steps).toEqual(['conversations', 'messages', 'deliveries', 'receipts']);
  });

  it('makes days ahead and drops those that expired before it erases what is left', async () => {
    const steps: string[] = [];
    const { deps } = tenantsWith(
      { a: 1 },
      {},
      {
        async makeAhead() {
          steps.push('made ahead');
        },
        dropExpired: async () => ({ days: 1, messages: 1000 }),
      },
    );
    await eraseExpiredOnce(deps, (kind, rows) => rows > 0 && steps.push(`${rows} ${kind}`), never);
    expect(steps.slice(0, 4)).toEqual(['made ahead', '1000 messages', '1 message-days', '1 conversations']);
  });

  it('erases row by row while the days cannot be had', async () => {
    const busy = {
      makeAhead: () => Promise.reject(new Error('in use')),
      dropExpired: async () => ({ days: 0, messages: 0 }),
    };
    const { deps, left } = tenantsWith({ a: 30 }, {}, busy);
    await eraseExpiredOnce(deps, () => undefined, never);
    expect(left.get('a')).toBe(0);
  });

  it('stops between two batches when it is told to', async () => {
    const stop = new AbortController();
    const { deps, asked } = tenantsWith({ a: 100, b: 100 });
    await eraseExpiredOnce(deps, (kind) => kind === 'conversations' && stop.abort(), stop.signal);
    expect(asked).toEqual(['a']);
  });
});

describe('startRetention', () => {
  it('looks at once, counts by kind, and waits for the batch under way when it is stopped', async () => {
    const begun = Promise.withResolvers<void>();
    const batch = Promise.withResolvers<typeof COUNTS>();
    const { deps, metrics } = tenantsWith(
      { a: 1 },
      {
        eraseExpired() {
          begun.resolve();
          return batch.promise;
        },
      },
    );
    const stop = startRetention(deps, 60_000);
    await begun.promise;
    let stopped = false;
    const stopping = stop().then(() => (stopped = true));
    await Promise.resolve();
    expect(stopped).toBe(false);
    batch.resolve({ ...NONE, conversations: 1, messages: 5 });
    await stopping;
    const { body } = await metrics.render();
    expect(body).toMatch(/earshot_retention_erased_total\{[^}]*kind="messages"[^}]*\} 5/);
  });

  it('tells of audio without a row in the log, and counts it as nothing', async () => {
    const { deps, metrics } = tenantsWith({ a: 0 }, { findGoneConversations: async (_tenantId, ids) => ids });
    const told = Promise.withResolvers<unknown>();
    const logger = createLogger({
      app: 'messages',
      level: 'info',
      write: (line) => told.resolve(JSON.parse(line)),
    });
    const folder = await mkdtemp(join(tmpdir(), 'earshot-retention-'));
    const recordingObjects = createDirectoryStore(folder);
    await recordingObjects.put('recordings/a/01GONE/session/parts/0-1-1', new Blob(['audio']).stream());
    const stop = startRetention({ ...deps, recordingObjects, logger }, 60_000);
    expect(await told.promise).toMatchObject({
      event: 'retention.leftovers-erased',
      tenantId: 'a',
      folderCount: 1,
    });
    await stop();
    expect(await recordingObjects.list('recordings')).toEqual([]);
    const { body } = await metrics.render();
    expect(body).not.toMatch(/kind="recordings"[^}]*\} [1-9]/);
    await rm(folder, { recursive: true });
  });

  it('never looks with 0', async () => {
    const { deps, asked } = tenantsWith({ a: 1 });
    await startRetention(deps, 0)();
    expect(asked).toEqual([]);
  });
});
