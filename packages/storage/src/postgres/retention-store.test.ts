import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErasureRequest } from '../stores/retention.ts';
import {
  leaseCall,
  newAccount,
  newEndpoint,
  startCall,
  startInput,
  T0,
  useStorage,
  utterance,
  type Account,
} from '../testing/fixture.ts';

const fixture = useStorage();
const { sql } = fixture;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAY = '2026-11-23';

function request(tenantId: string, change: Partial<ErasureRequest> = {}): ErasureRequest {
  return {
    tenantId,
    erasureId: randomUUID(),
    subjectHash: Buffer.from('subject'),
    requestedBy: 'ek_1',
    erasedAtMs: T0 + 5 * DAY_MS,
    eraseAudio: async () => undefined,
    sign: ({ counts }) => `signed ${counts.messages}`,
    ...change,
  };
}

/** A call of three messages that said `word`, each delivered and tried once; ended unless told otherwise. */
async function saidCall(
  account: Account,
  word: string,
  settings: {
    readonly customerExternalId?: string;
    readonly end?: boolean;
    readonly lastActivityAtMs?: number;
  } = {},
) {
  const { storage } = fixture;
  const { customerExternalId = 'customer-1', end = true, lastActivityAtMs = T0 } = settings;
  const [given] = await sql<{ id: string }>('select endpoint_id as id from endpoints where tenant_id = $1', [
    account.tenantId,
  ]);
  const endpointId = given?.id ?? (await newEndpoint(storage, account));
  const session = await startCall(storage, startInput(account, { customerExternalId }));
  const { tenantId, conversationId, guid } = session;
  const { leaseEpoch } = await leaseCall(storage, session);
  for (const index of [0, 1, 2]) {
    const base = utterance(session, leaseEpoch, index * 8000);
    await storage.calls.commitUtterance({
      ...base,
      message: { ...base.message, text: `We said ${word}` },
      webhookBody: index === 0 ? `{"text":"${word}"}` : { sealed: Buffer.from(`sealed ${word}`) },
      unredactedSealed: Buffer.from(`raw ${word}`),
      redactionState: Buffer.from(`state ${word}`),
    });
  }
  const lane = { tenantId, endpointId, conversationId };
  await storage.lanes.hold(lane, 'one', Date.now() + 60_000);
  for (const { deliveryId } of await storage.lanes.fetchPending([{ lane, afterSequence: 0 }], 10)) {
    const failure = { state: 'dead', attempted: true, status: 500, errorCode: 'delivery.status' } as const;
    const answered = { detail: undefined, responsePreview: `echo ${word}`, durationMs: 5, atMs: T0 };
    await storage.lanes.recordResults('one', [{ deliveryId, ...failure, ...answered }]);
  }
  if (end) {
    const over = { reason: 'stopped', trouble: undefined, endedAtMs: T0, progress: [] } as const;
    await storage.calls.endSession({ ...session, leaseEpoch, ...over, mediaReport: undefined });
  }
  await sql(
    'update conversations set created_at = $3, last_activity_at = $3 where tenant_id = $1 and conversation_id = $2',
    [tenantId, conversationId, new Date(lastActivityAtMs)],
  );
  await sql('update deliveries set created_at = $3 where tenant_id = $1 and conversation_id = $2', [
    tenantId,
    conversationId,
    new Date(lastActivityAtMs),
  ]);
  return { tenantId, guid, conversationId, session, lane };
}

/** Every column of every row of the schema as text, bytes also as the text they hold. */
async function dump(): Promise<string> {
  const columns = await sql<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(case when data_type = 'bytea'
         then format('encode(%I, ''escape'') || encode(%1$I, ''hex'')', column_name)
         else format('%I::text', column_name) end) as columns
     from information_schema.columns where table_schema = 'public' group by table_name`,
  );
  const parts: string[] = [];
  for (const { name, columns: all } of columns) {
    const rows = await sql<{ row: string }>(`select concat_ws(' ', ${all.join(', ')}) as row from "${name}"`);
    parts.push(...rows.map(({ row }) => row));
  }
  return parts.join('\n');
}

const holdsWord = (text: string, word: string) =>
  text.includes(word) || text.includes(Buffer.from(word).toString('hex'));

const WHOLE = {
  conversations: 1,
  sessions: 1,
  messages: 3,
  sealedTexts: 3,
  deliveries: 3,
  attempts: 3,
  redactionStates: 1,
  recordings: 0,
};

describe('RetentionStore.eraseConversation', () => {
  it('leaves no word in any table, and a receipt that counts what is gone', async () => {
    const account = await newAccount(fixture);
    const { retention, messages } = fixture.storage;
    const word = `zanzibar${randomUUID()}`;
    const { tenantId, guid } = await saidCall(account, word);
    const other = await saidCall(account, `kept${randomUUID()}`);
    expect(holdsWord(await dump(), word)).toBe(true);
    await sql('analyze');
    const asked = request(tenantId);
    const outcome = await retention.eraseConversation(guid, asked);
    const counts = { ...WHOLE, exportDays: 1 };
    expect(outcome).toMatchObject({
      type: 'erased',
      complete: true,
      receipt: { counts, digest: 'signed 3' },
    });
    const after = await dump();
    expect(holdsWord(after, word)).toBe(false);
    expect(holdsWord(after, guid)).toBe(false);
    const samples = JSON.stringify(
      await sql(
        'select most_common_vals::text, histogram_bounds::text from pg_stats where schemaname = current_schema',
      ),
    );
    expect(samples).toContain(tenantId);
    expect([samples.includes(word), samples.includes(guid)]).toEqual([false, false]);
    expect(await messages.listByExternalId({ tenantId, externalId: guid, limit: 10 })).toBeUndefined();
    const kept = await messages.listByExternalId({ tenantId, externalId: other.guid, limit: 10 });
    expect(kept?.items).toHaveLength(3);
    const receipt = await retention.findReceipt(tenantId, asked.erasureId);
    expect(receipt).toEqual(outcome.type === 'erased' && outcome.receipt);
    expect(await retention.findReceipt('another', asked.erasureId)).toBeUndefined();
    expect(await retention.findErasureOf(tenantId, asked.subjectHash)).toBe(asked.erasureId);
    expect(await retention.findErasureOf(tenantId, Buffer.from('another'))).toBeUndefined();
    expect(await retention.eraseConversation(guid, request(tenantId))).toEqual({ type: 'unknown' });
  });

  it('has the days of the conversation exported anew, with nothing left of before', async () => {
    const { tenantId, guid } = await saidCall(await newAccount(fixture), 'word');
    const { exports, retention } = fixture.storage;
    await retention.eraseConversation(guid, request(tenantId));
    expect(await exports.readDay(tenantId, DAY)).toMatchObject({
      rebuildRequestedAtMs: T0 + 5 * DAY_MS,
      rebuildPurges: true,
    });
  });

  it('refuses while a call runs or is being started, and while the conversation is held', async () => {
    const { retention, messages } = fixture.storage;
    const account = await newAccount(fixture);
    const live = await saidCall(account, 'word', { end: false });
    const { tenantId } = live;
    expect(await retention.eraseConversation(live.guid, request(tenantId))).toEqual({ type: 'live' });
    const { guid } = await saidCall(account, 'word');
    const place = { tenantId, externalId: guid, placedBy: 'ek_1' };
    expect(await retention.placeHold({ ...place, atMs: T0 })).toEqual({ externalId: guid, placedAtMs: T0 });
    expect(await retention.placeHold({ ...place, atMs: T0 + 9 })).toMatchObject({ placedAtMs: T0 });
    expect(await retention.eraseConversation(guid, request(tenantId))).toEqual({
      type: 'held',
      placedAtMs: T0,
    });
    expect((await messages.listByExternalId({ tenantId, externalId: guid, limit: 10 }))?.items).toHaveLength(
      3,
    );
    expect(await retention.liftHold(tenantId, guid)).toBe(true);
    await sql('begin');
    await sql(`select pg_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 0))`, [tenantId, guid]);
    expect(await retention.eraseConversation(guid, request(tenantId))).toEqual({ type: 'live' });
    await sql('commit');
    expect(await retention.eraseConversation(guid, request(tenantId))).toMatchObject({ type: 'erased' });
    expect(await retention.placeHold({ ...place, atMs: T0 })).toBeUndefined();
    expect(await retention.liftHold(tenantId, guid)).toBe(false);
  });

  it('erases once though it is asked for several times at once', async () => {
    const { tenantId, guid } = await saidCall(await newAccount(fixture), 'word');
    const { retention } = fixture.storage;
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => retention.eraseConversation(guid, request(tenantId))),
    );
    expect(outcomes.filter(({ type }) => type === 'erased')).toHaveLength(1);
  });

  it('takes from a publisher what it has in hand, and what comes of that is recorded nowhere', async () => {
    const { tenantId, guid, lane } = await saidCall(await newAccount(fixture), 'word');
    const { retention, lanes } = fixture.storage;
    await sql('update deliveries set state = 0 where tenant_id = $1', [tenantId]);
    const [inHand] = await lanes.fetchPending([{ lane, afterSequence: 0 }], 1);
    await retention.eraseConversation(guid, request(tenantId));
    const answered = { attempted: true, status: 200, errorCode: undefined, detail: undefined } as const;
    const result = { deliveryId: inHand?.deliveryId ?? '', state: 'delivered', ...answered } as const;
    const echo = { responsePreview: 'echo word', durationMs: 5, atMs: T0 };
    expect(await lanes.recordResults('one', [{ ...result, ...echo }])).toEqual([]);
    expect(await lanes.release(lane, 'one')).toBe(true);
    expect(await sql('select 1 from attempts where tenant_id = $1', [tenantId])).toEqual([]);
  });

  it('leaves a call whole or erases all of it when a start of the same guid comes at the same time', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention, calls } = fixture.storage;
    for (let round = 0; round < 20; round += 1) {
      const { guid } = await saidCall(account, 'word');
      const [start, outcome] = await Promise.all([
        calls.startSession(startInput(account, { guid })),
        retention.eraseConversation(guid, request(tenantId)),
      ]);
      const call = await calls.getCall(tenantId, guid);
      const count = (start.type === 'started' ? 1 : 0) + (outcome.type === 'erased' ? 0 : 1);
      expect(call?.sessions.length ?? 0).toBe(count);
      expect(outcome.type === 'erased' || start.type === 'started').toBe(true);
    }
  });
});

describe('RetentionStore.eraseCustomer', () => {
  it('erases every conversation the customer took part in, and no other', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention, messages } = fixture.storage;
    const [one, two] = [await saidCall(account, 'a'), await saidCall(account, 'b')];
    await sql(
      `update conversations set customer_external_id = 'renamed' where tenant_id = $1 and conversation_id = $2`,
      [tenantId, two.conversationId],
    );
    const other = await saidCall(account, 'c', { customerExternalId: 'customer-2' });
    const outcome = await retention.eraseCustomer('customer-1', request(tenantId));
    expect(outcome).toMatchObject({
      type: 'erased',
      complete: true,
      receipt: { subject: 'customer', counts: { conversations: 2, messages: 6 } },
    });
    for (const { guid } of [one, two]) {
      expect(await messages.listByExternalId({ tenantId, externalId: guid, limit: 1 })).toBeUndefined();
    }
    expect(
      (await messages.listByExternalId({ tenantId, externalId: other.guid, limit: 10 }))?.items,
    ).toHaveLength(3);
    expect(await retention.eraseCustomer('customer-1', request(tenantId))).toEqual({ type: 'unknown' });
  });

  it('erases none of them while one is held or live', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention, messages } = fixture.storage;
    const [free, held] = [await saidCall(account, 'a'), await saidCall(account, 'b')];
    await retention.placeHold({ tenantId, externalId: held.guid, placedBy: 'ek_1', atMs: T0 });
    expect(await retention.eraseCustomer('customer-1', request(tenantId))).toEqual({
      type: 'held',
      placedAtMs: T0,
    });
    await retention.liftHold(tenantId, held.guid);
    await saidCall(account, 'c', { end: false });
    expect(await retention.eraseCustomer('customer-1', request(tenantId))).toEqual({ type: 'live' });
    expect(
      (await messages.listByExternalId({ tenantId, externalId: free.guid, limit: 10 }))?.items,
    ).toHaveLength(3);
  });
});

describe('RetentionStore.eraseExpired', () => {
  it('erases what was last active before the limit of the tenant, in batches, and nothing live or held', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention, messages } = fixture.storage;
    const nowMs = T0 + 7 * DAY_MS;
    const word = `expired${randomUUID()}`;
    // T0 is ten in the morning: what was said on its day is kept until the day is over.
    const old = { lastActivityAtMs: T0 - 10 * HOUR_MS - 1 };
    const gone = [
      await saidCall(account, word, old),
      await saidCall(account, word, old),
      await saidCall(account, word, old),
    ];
    const held = await saidCall(account, 'held', old);
    await retention.placeHold({ tenantId, externalId: held.guid, placedBy: 'ek_1', atMs: T0 });
    const live = await saidCall(account, 'live', { ...old, end: false });
    const young = await saidCall(account, 'young', { lastActivityAtMs: T0 - 10 * HOUR_MS });
    const batch = { tenantId, nowMs, limit: 2 };
    expect(await retention.eraseExpired(batch)).toMatchObject({
      conversations: 2,
      messages: 6,
      exportDays: 0,
    });
    expect(await retention.eraseExpired(batch)).toMatchObject({ conversations: 1 });
    expect(await retention.eraseExpired(batch)).toMatchObject({ conversations: 0, messages: 0 });
    expect(holdsWord(await dump(), word)).toBe(false);
    for (const { guid } of gone) {
      expect(await messages.listByExternalId({ tenantId, externalId: guid, limit: 1 })).toBeUndefined();
    }
    for (const { guid } of [held, live, young]) {
      expect(
        (await messages.listByExternalId({ tenantId, externalId: guid, limit: 10 }))?.items,
      ).toHaveLength(3);
    }
  });

  it('goes by the days the tenant chose', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    expect(await retention.getSettings(tenantId)).toEqual({
      messagesDays: 7,
      deliveriesDays: 7,
      auditDays: 365,
    });
    await saidCall(account, 'word');
    const batch = { tenantId, nowMs: T0 + 8 * DAY_MS, limit: 10 };
    const chosen = { messagesDays: 30, deliveriesDays: 2, auditDays: 3650 };
    await retention.putSettings(tenantId, chosen, T0);
    expect(await retention.getSettings(tenantId)).toEqual(chosen);
    expect(await retention.eraseExpired(batch)).toMatchObject({ conversations: 0 });
    expect(await retention.eraseExpiredDeliveries(batch)).toBe(3);
    await retention.putSettings(tenantId, { ...chosen, messagesDays: 1 }, T0);
    expect(await retention.eraseExpired(batch)).toMatchObject({ conversations: 1, deliveries: 0 });
    await expect(retention.putSettings(tenantId, { ...chosen, messagesDays: 0 }, T0)).rejects.toMatchObject({
      code: 'storage.failed',
    });
  });

  describe('of what is in no file yet', () => {
    const dayAtMs = Date.parse(`${DAY}T00:00:00Z`);
    /** Said in the first hour of the day and kept for a day after it: too old at 48 hours. */
    const kept = async () => {
      const account = await newAccount(fixture);
      const { tenantId } = account;
      const lastActivityAtMs = dayAtMs + HOUR_MS;
      await saidCall(account, 'word', { lastActivityAtMs });
      await sql(
        'update messages set client_timestamp = $2::timestamptz, created_at = $2 where tenant_id = $1',
        [tenantId, new Date(lastActivityAtMs)],
      );
      const days = { messagesDays: 1, deliveriesDays: 1, auditDays: 1 };
      await fixture.storage.retention.putSettings(tenantId, days, T0);
      const erasedAt = async (hours: number): Promise<number> => {
        const batch = { tenantId, nowMs: dayAtMs + hours * HOUR_MS, limit: 10 };
        return (await fixture.storage.retention.eraseExpired(batch)).conversations;
      };
      const close = async (day: string, closedAtMs: number) => {
        const claim = await fixture.storage.exports.claim({ tenantId, day }, 60_000);
        if (claim === undefined) throw new Error('Cannot claim the day of the test');
        await fixture.storage.exports.release(claim, { closedAtMs });
      };
      return { tenantId, erasedAt, close };
    };

    // The days of any tenant tell that there is an exporter.
    const noExporter = async () => void (await sql('delete from export_days'));
    beforeEach(noExporter);
    afterEach(noExporter);

    it('does not wait where nobody exports', async () => {
      const { erasedAt } = await kept();
      expect(await erasedAt(47.9)).toBe(0);
      expect(await erasedAt(48)).toBe(1);
    });

    it('waits for the file, and no longer', async () => {
      const { erasedAt, close } = await kept();
      await close('2026-11-20', T0);
      expect(await erasedAt(48)).toBe(0);
      await close(DAY, dayAtMs + 47.9 * HOUR_MS);
      expect(await erasedAt(48)).toBe(1);
    });

    it('waits where it was stored after the file was written', async () => {
      const { tenantId, erasedAt, close } = await kept();
      await close(DAY, dayAtMs + 26 * HOUR_MS);
      await sql('update messages set created_at = $2 where tenant_id = $1', [
        tenantId,
        new Date(dayAtMs + 26.5 * HOUR_MS),
      ]);
      expect(await erasedAt(48)).toBe(0);
      await close(DAY, dayAtMs + 27 * HOUR_MS);
      expect(await erasedAt(48)).toBe(1);
    });

    it('waits three days for an exporter that is away', async () => {
      const { erasedAt, close } = await kept();
      await close('2026-11-20', T0);
      expect(await erasedAt(48 + 3 * 24 - 0.1)).toBe(0);
      expect(await erasedAt(48 + 3 * 24)).toBe(1);
    });
  });

  it('leaves to another process what it has in hand', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) await saidCall(account, word);
    const batch = { tenantId, nowMs: T0 + 8 * DAY_MS, limit: 2 };
    const counts = await Promise.all([1, 2, 3, 4, 5, 6].map(() => retention.eraseExpired(batch)));
    expect(counts.reduce((sum, { conversations }) => sum + conversations, 0)).toBe(6);
    expect(counts.reduce((sum, { messages }) => sum + messages, 0)).toBe(18);
  });
});

describe('RetentionStore.eraseExpiredDeliveries', () => {
  it('leaves what is pending, young or held', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    const old = await saidCall(account, 'old');
    const held = await saidCall(account, 'held');
    await retention.placeHold({ tenantId, externalId: held.guid, placedBy: 'ek_1', atMs: T0 });
    await saidCall(account, 'young', { lastActivityAtMs: T0 + 2 * DAY_MS });
    await sql(
      'update deliveries set state = 0 where tenant_id = $1 and conversation_id = $2 and sequence = 3',
      [tenantId, old.conversationId],
    );
    const batch = { tenantId, nowMs: T0 + 8 * DAY_MS, limit: 100 };
    expect(await retention.eraseExpiredDeliveries(batch)).toBe(2);
    expect(await retention.eraseExpiredDeliveries(batch)).toBe(0);
  });
});

describe('RetentionStore.eraseExpiredReceipts', () => {
  it('keeps receipts for the days of the audit', async () => {
    const { tenantId, guid } = await saidCall(await newAccount(fixture), 'word');
    const { retention } = fixture.storage;
    const asked = request(tenantId, { erasedAtMs: T0 });
    await retention.eraseConversation(guid, asked);
    const after = (days: number) => ({ tenantId, nowMs: T0 + days * DAY_MS, limit: 10 });
    expect(await retention.eraseExpiredReceipts(after(365))).toBe(0);
    expect(await retention.eraseExpiredReceipts(after(366))).toBe(1);
    expect(await retention.findReceipt(tenantId, asked.erasureId)).toBeUndefined();
  });
});

describe('RetentionStore.requestExpiredExports', () => {
  it('asks for days anew of which more was exported than is stored, once the whole day is too old', async () => {
    const { tenantId } = await saidCall(await newAccount(fixture), 'word');
    const { retention, exports } = fixture.storage;
    const claim = await exports.claim({ tenantId, day: DAY }, 60_000);
    if (claim === undefined) throw new Error('Cannot claim the day of the test');
    const unit = { hour: undefined, revision: 1, closedAtMs: T0, rowCount: 3, lateRowCount: 0, files: [] };
    await exports.saveUnit(claim, unit, T0);
    await exports.release(claim, { closedAtMs: T0 + DAY_MS });
    const batch = (days: number) => ({ tenantId, nowMs: T0 + days * DAY_MS, limit: 10 });
    expect(await retention.requestExpiredExports(batch(9))).toBe(0);
    await retention.eraseExpired(batch(9));
    expect(await retention.requestExpiredExports(batch(7))).toBe(0);
    expect(await retention.requestExpiredExports(batch(9))).toBe(1);
    expect(await retention.requestExpiredExports(batch(9))).toBe(0);
    expect(await exports.readDay(tenantId, DAY)).toMatchObject({ rebuildPurges: true });
  });
});

describe('RetentionStore.listTenants', () => {
  it('pages through them in order', async () => {
    const ids = [await newAccount(fixture), await newAccount(fixture)]
      .map(({ tenantId }) => tenantId)
      .toSorted();
    const { retention } = fixture.storage;
    const all = await retention.listTenants({ limit: 1000 });
    expect(all.filter((id) => ids.includes(id))).toEqual(ids);
    const [first = ''] = all;
    expect(await retention.listTenants({ after: first, limit: 1 })).toEqual(all.slice(1, 2));
  });
});
