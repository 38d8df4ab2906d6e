import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ErasureReceipt, ErasureRequest } from '../../stores/retention.ts';
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
} from '../../testing/fixture.ts';

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

  it('asks for no file of a day whose files have expired', async () => {
    const { tenantId, guid } = await saidCall(await newAccount(fixture), 'word');
    const { exports, retention } = fixture.storage;
    await retention.putSettings(
      tenantId,
      { messagesDays: 30, deliveriesDays: 7, auditDays: 365, exportsDays: 4 },
      T0,
    );
    const outcome = await retention.eraseConversation(guid, request(tenantId));
    expect(outcome).toMatchObject({ receipt: { counts: { messages: 3, exportDays: 0 } } });
    expect(await exports.readDay(tenantId, DAY)).toBeUndefined();
  });

  it('refuses while a call runs or is being started, and while the conversation is held', async () => {
    const { retention, messages } = fixture.storage;
    const account = await newAccount(fixture);
    const live = await saidCall(account, 'word', { end: false });
    const { tenantId } = live;
    expect(await retention.eraseConversation(live.guid, request(tenantId))).toEqual({ type: 'live' });
    const { guid } = await saidCall(account, 'word');
    const place = { tenantId, externalId: guid, placedBy: 'ek_1' };
    const hold = { externalId: guid, placedAtMs: T0, placedBy: 'ek_1' };
    expect(await retention.placeHold({ ...place, atMs: T0 })).toEqual(hold);
    expect(await retention.placeHold({ ...place, placedBy: 'ek_2', atMs: T0 + 9 })).toEqual(hold);
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
    const chosen = {
      messagesDays: 30,
      deliveriesDays: 2,
      auditDays: 3650,
      recordingsDays: 3,
      exportsDays: 1,
    };
    await retention.putSettings(tenantId, chosen, T0);
    expect(await retention.getSettings(tenantId)).toEqual(chosen);
    expect(await retention.eraseExpired(batch)).toMatchObject({ conversations: 0 });
    expect(await retention.eraseExpiredDeliveries(batch)).toBe(3);
    const { recordingsDays: _, exportsDays: __, ...plain } = { ...chosen, messagesDays: 1 };
    await retention.putSettings(tenantId, plain, T0);
    expect(await retention.getSettings(tenantId)).toEqual(plain);
    expect(await retention.eraseExpired(batch)).toMatchObject({ conversations: 1, deliveries: 0 });
    for (const wrong of [{ messagesDays: 0 }, { exportsDays: 3651 }]) {
      await expect(retention.putSettings(tenantId, { ...chosen, ...wrong }, T0)).rejects.toMatchObject({
        code: 'storage.failed',
      });
    }
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

describe('RetentionStore.listHolds', () => {
  it('pages through the holds of the tenant, the conversations that began first leading', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    const other = await saidCall(await newAccount(fixture), 'word');
    await retention.placeHold({
      tenantId: other.tenantId,
      externalId: other.guid,
      placedBy: 'ek_9',
      atMs: T0,
    });
    expect(await retention.listHolds({ tenantId, limit: 2 })).toEqual({ items: [], nextCursor: undefined });
    const calls = [await saidCall(account, 'a'), await saidCall(account, 'b'), await saidCall(account, 'c')];
    const inOrder = calls.toSorted((one, two) => (one.conversationId < two.conversationId ? -1 : 1));
    const holds = inOrder.map(({ guid }, index) => ({
      externalId: guid,
      placedAtMs: T0 - index,
      placedBy: `ek_${index}`,
    }));
    for (const { externalId, placedBy, placedAtMs } of holds) {
      await retention.placeHold({ tenantId, externalId, placedBy, atMs: placedAtMs });
    }
    const first = await retention.listHolds({ tenantId, limit: 2 });
    expect(first.items).toEqual(holds.slice(0, 2));
    const cursor = first.nextCursor ?? '';
    const last = { items: holds.slice(2), nextCursor: undefined };
    expect(await retention.listHolds({ tenantId, limit: 2, cursor })).toEqual(last);
    await retention.liftHold(tenantId, holds[2]?.externalId ?? '');
    expect(await retention.listHolds({ tenantId, limit: 2, cursor })).toMatchObject({ items: [] });
    expect(await retention.listHolds({ tenantId, limit: 2 })).toEqual({ ...first, nextCursor: undefined });
  });

  it('refuses a cursor that is none of its own', async () => {
    const { tenantId } = await newAccount(fixture);
    const asked = fixture.storage.retention.listHolds({ tenantId, limit: 1, cursor: 'x' });
    await expect(asked).rejects.toMatchObject({ code: 'storage.cursor-invalid' });
  });
});

describe('RetentionStore.listReceipts', () => {
  /** Oldest first, the last two at one instant. */
  async function erasedThrice() {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    const asked = [
      request(tenantId, { erasedAtMs: T0 + DAY_MS }),
      request(tenantId, { erasedAtMs: T0 + 2 * DAY_MS, erasureId: 'a' }),
      request(tenantId, { erasedAtMs: T0 + 2 * DAY_MS, erasureId: 'b' }),
    ];
    for (const one of asked) await retention.eraseConversation((await saidCall(account, 'word')).guid, one);
    return { tenantId, retention, ids: asked.map(({ erasureId }) => erasureId) };
  }

  it.each([1, 2, 3, 10])(
    'pages by %i through those of the tenant, the newest leading, none twice',
    async (limit) => {
      const { tenantId, retention, ids } = await erasedThrice();
      const found: ErasureReceipt[] = [];
      let cursor: string | undefined;
      do {
        const page = await retention.listReceipts({ tenantId, cursor, limit });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(found.map(({ erasureId }) => erasureId)).toEqual(ids.toReversed());
      for (const one of found) expect(await retention.findReceipt(tenantId, one.erasureId)).toEqual(one);
    },
  );

  it.each([
    { given: {}, want: ['b', 'a', 'first'] },
    { given: { fromMs: T0 + DAY_MS, beforeMs: T0 + 2 * DAY_MS }, want: ['first'] },
    { given: { fromMs: T0 + DAY_MS + 1 }, want: ['b', 'a'] },
    { given: { fromMs: T0 + 2 * DAY_MS + 1 }, want: [] },
    { given: { beforeMs: T0 + DAY_MS }, want: [] },
    { given: { beforeMs: T0 + 2 * DAY_MS + 1, cursor: `${T0 + 2 * DAY_MS}.b` }, want: ['a', 'first'] },
  ])('lists $want of the stretch $given', async ({ given, want }) => {
    const { tenantId, retention, ids } = await erasedThrice();
    const { items, nextCursor } = await retention.listReceipts({ tenantId, limit: 10, ...given });
    expect(items.map(({ erasureId }) => (erasureId === ids[0] ? 'first' : erasureId))).toEqual(want);
    expect(nextCursor).toBeUndefined();
  });

  it.each(['x', '1', '.a', '1.', '99999999999999.a', '-1.a'])('refuses the cursor %s', async (cursor) => {
    const { tenantId } = await newAccount(fixture);
    const asked = fixture.storage.retention.listReceipts({ tenantId, limit: 1, cursor });
    await expect(asked).rejects.toMatchObject({ code: 'storage.cursor-invalid' });
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
