import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ErasureRequest } from '../../stores/retention.ts';
import type { ErasedRows } from '../../stores/retention-counts.ts';
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
/** Everything of a call at `T0` has expired. */
const LATER_MS = T0 + 10 * DAY_MS;
const EVER = { fromDay: '2000-01-01', toDay: '2999-12-31' };
const NOTHING: ErasedRows = {
  conversations: 0,
  messages: 0,
  recordings: 0,
  deliveries: 0,
  exportDays: 0,
  receipts: 0,
};

/** What was erased of a tenant, over all days: midnight may come while a test runs. */
async function erased({ tenantId }: Account) {
  const days = await fixture.storage.retention.listErased({ tenantId, ...EVER });
  const total = (cause: 'byAge' | 'onRequest'): ErasedRows =>
    days
      .map((day) => day[cause])
      .reduce(
        (sum, rows) => ({
          conversations: sum.conversations + rows.conversations,
          messages: sum.messages + rows.messages,
          recordings: sum.recordings + rows.recordings,
          deliveries: sum.deliveries + rows.deliveries,
          exportDays: sum.exportDays + rows.exportDays,
          receipts: sum.receipts + rows.receipts,
        }),
        NOTHING,
      );
  return { byAge: total('byAge'), onRequest: total('onRequest') };
}

/** An ended call with two messages, each of them delivered, that began at `T0` or at another instant. */
async function endedCall(account: Account, acceptedAtMs = T0) {
  const { storage } = fixture;
  const session = await startCall(storage, startInput(account, { acceptedAtMs }));
  const { leaseEpoch } = await leaseCall(storage, session);
  for (const fromSample of [0, 8000]) {
    await storage.calls.commitUtterance(utterance(session, leaseEpoch, fromSample));
  }
  await sql(`update call_sessions set state = 'ended' where session_id = $1`, [session.sessionId]);
  await sql('update conversations set last_activity_at = $2 where conversation_id = $1', [
    session.conversationId,
    new Date(acceptedAtMs),
  ]);
  await sql('update deliveries set state = 1, created_at = $2 where conversation_id = $1', [
    session.conversationId,
    new Date(acceptedAtMs),
  ]);
  return { ...session, leaseEpoch };
}

async function record({ tenantId, sessionId }: Awaited<ReturnType<typeof endedCall>>): Promise<void> {
  await sql(
    `insert into recordings (tenant_id, session_id, conversation_id, state, started_at, created_at, recorded_to_ms)
     select tenant_id, session_id, conversation_id, 'failed', $3, $3, 1000 from call_sessions
     where tenant_id = $1 and session_id = $2`,
    [tenantId, sessionId, new Date(T0)],
  );
}

function request({ tenantId }: Account, change: Partial<ErasureRequest> = {}): ErasureRequest {
  return {
    tenantId,
    erasureId: randomUUID(),
    subjectHash: Buffer.from('subject'),
    requestedBy: 'ek_1',
    erasedAtMs: T0 + DAY_MS,
    eraseAudio: async () => undefined,
    sign: () => 'signed',
    ...change,
  };
}

describe('RetentionStore.listErased', () => {
  it('is empty where nothing was erased', async () => {
    const { tenantId } = await newAccount(fixture);
    expect(await fixture.storage.retention.listErased({ tenantId, ...EVER })).toEqual([]);
    const batch = { tenantId, nowMs: LATER_MS, limit: 10 };
    await fixture.storage.retention.eraseExpired(batch);
    await fixture.storage.retention.eraseExpiredDeliveries(batch);
    await fixture.storage.retention.eraseExpiredReceipts(batch);
    expect(await fixture.storage.retention.listErased({ tenantId, ...EVER })).toEqual([]);
  });

  it('counts what went by age once, in however many processes and batches', async () => {
    const account = await newAccount(fixture);
    const other = await newAccount(fixture);
    await newEndpoint(fixture.storage, account);
    for (let count = 0; count < 7; count += 1) await endedCall(account);
    await endedCall(other);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    const batch = { tenantId, nowMs: LATER_MS, limit: 2 };
    await retention.eraseExpiredDeliveries(batch);
    for (const _ of [1, 2]) await Promise.all([1, 2, 3, 4].map(() => retention.eraseExpired(batch)));
    await Promise.all([1, 2, 3, 4].map(() => retention.eraseExpiredDeliveries(batch)));
    expect(await erased(account)).toEqual({
      byAge: { ...NOTHING, conversations: 7, messages: 14, deliveries: 14 },
      onRequest: NOTHING,
    });
    expect((await erased(other)).byAge).toEqual(NOTHING);
  });

  it('counts what was asked for as its receipt does, and nothing of an erasure that did not come to its end', async () => {
    const account = await newAccount(fixture);
    await newEndpoint(fixture.storage, account);
    const session = await endedCall(account);
    await record(session);
    const { retention } = fixture.storage;
    const killed = request(account, {
      sign: () => {
        throw new Error('The process was killed');
      },
    });
    await expect(retention.eraseConversation(session.guid, killed)).rejects.toThrow(
      'Cannot erase a conversation',
    );
    expect((await erased(account)).onRequest).toEqual(NOTHING);
    const outcome = await retention.eraseConversation(session.guid, request(account));
    const want = { conversations: 1, messages: 2, recordings: 1, deliveries: 2, exportDays: 1 };
    expect(outcome).toMatchObject({ type: 'erased', receipt: { counts: want } });
    expect((await retention.eraseConversation(session.guid, request(account))).type).toBe('unknown');
    expect(await erased(account)).toEqual({ byAge: NOTHING, onRequest: { ...NOTHING, ...want } });
  });

  it('counts recordings, days of exports and receipts that went by age', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention, exports } = fixture.storage;
    const sessions = [await endedCall(account), await endedCall(account), await endedCall(account)];
    for (const session of sessions) await record(session);
    const batch = { tenantId, nowMs: LATER_MS, limit: 10 };
    const sessionIds = (await retention.claimExpiredRecordings(batch)).map(({ sessionId }) => sessionId);
    await Promise.all([1, 2, 3].map(() => retention.forgetRecordings(tenantId, sessionIds)));
    await sql('insert into export_days (tenant_id, day) values ($1, $2)', [tenantId, '2026-11-20']);
    const claim = await exports.claimExpired(
      { tenantId, day: '2026-11-20' },
      { nowMs: LATER_MS, leaseMs: 60_000 },
    );
    expect(claim && (await exports.forgetDay(claim))).toBe(true);
    expect(claim && (await exports.forgetDay(claim))).toBe(false);
    const longAgo = request(account, { erasedAtMs: T0 - 366 * DAY_MS });
    await retention.eraseConversation(sessions[0]?.guid ?? '', longAgo);
    await Promise.all([1, 2].map(() => retention.eraseExpiredReceipts(batch)));
    expect((await erased(account)).byAge).toEqual({ ...NOTHING, recordings: 3, exportDays: 1, receipts: 1 });
  });

  it('counts messages of a day that was dropped for the tenant whose they were', async () => {
    const { messageDays, retention } = fixture.storage;
    const today = Date.now() - (Date.now() % DAY_MS);
    await messageDays.makeAhead(today);
    const [one, two] = [await newAccount(fixture), await newAccount(fixture)];
    for (const account of [one, one, two]) await endedCall(account, today + DAY_MS);
    const nowMs = today + 9 * DAY_MS;
    const drops = await Promise.allSettled([1, 2, 3].map(() => messageDays.dropExpired(nowMs)));
    expect(drops.some(({ status }) => status === 'fulfilled')).toBe(true);
    await messageDays.dropExpired(nowMs);
    for (const { tenantId } of [one, two]) await retention.eraseExpired({ tenantId, nowMs, limit: 10 });
    expect((await erased(one)).byAge).toEqual({ ...NOTHING, conversations: 2, messages: 4 });
    expect((await erased(two)).byAge).toEqual({ ...NOTHING, conversations: 1, messages: 2 });
  });

  it('answers the days that were asked for in order, each with both causes', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    await sql(
      `insert into erased_counts (tenant_id, day, cause, messages) values ($1, '2026-11-20', 'request', 5),
         ($1, '2026-11-19', 'age', 4), ($1, '2026-11-20', 'age', 6), ($1, '2026-11-22', 'age', 7),
         ($1, '2026-11-23', 'age', 8)`,
      [tenantId],
    );
    const { retention } = fixture.storage;
    expect(await retention.listErased({ tenantId, fromDay: '2026-11-20', toDay: '2026-11-22' })).toEqual([
      { day: '2026-11-20', byAge: { ...NOTHING, messages: 6 }, onRequest: { ...NOTHING, messages: 5 } },
      { day: '2026-11-22', byAge: { ...NOTHING, messages: 7 }, onRequest: NOTHING },
    ]);
  });

  it('tells of it for as long as receipts are kept', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    const days = { messagesDays: 7, deliveriesDays: 7, auditDays: 30 };
    await retention.putSettings(tenantId, days, T0);
    await sql(
      `insert into erased_counts (tenant_id, day, cause, messages) values ($1, '2026-11-22', 'age', 1),
         ($1, '2026-11-23', 'age', 2)`,
      [tenantId],
    );
    const after = async (count: number) => {
      await retention.eraseExpiredReceipts({ tenantId, nowMs: T0 + count * DAY_MS, limit: 10 });
      return (await retention.listErased({ tenantId, ...EVER })).map(({ day }) => day);
    };
    expect(await after(29)).toEqual(['2026-11-22', '2026-11-23']);
    expect(await after(30)).toEqual(['2026-11-23']);
    expect(await after(31)).toEqual([]);
  });
});

describe('RetentionStore.readKept', () => {
  it('tells the oldest of each kind, and nothing of what there is not', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { retention } = fixture.storage;
    const nothing = {
      conversationsSinceMs: undefined,
      recordingsSinceMs: undefined,
      deliveriesSinceMs: undefined,
      receiptsSinceMs: undefined,
      exportsSinceDay: undefined,
      exportDayCount: 0,
      holdCount: 0,
    };
    expect(await retention.readKept(tenantId)).toEqual(nothing);
    await newEndpoint(fixture.storage, account);
    await endedCall(account, T0 + DAY_MS);
    const first = await endedCall(account, T0);
    await record(first);
    const gone = await endedCall(account, T0 - DAY_MS);
    await retention.eraseConversation(gone.guid, request(account));
    await retention.placeHold({ tenantId, externalId: first.guid, placedBy: 'ek_1', atMs: T0 });
    for (const [day, erasing] of [
      ['2026-11-18', true],
      ['2026-11-19', false],
      ['2026-11-20', false],
    ]) {
      await sql('insert into export_days (tenant_id, day, erasing) values ($1, $2, $3)', [
        tenantId,
        day,
        erasing,
      ]);
      await sql(
        `insert into export_units (tenant_id, day, hour, revision, closed_at, row_count, late_row_count, built_at)
         values ($1, $2, -1, 1, now(), 0, 0, now())`,
        [tenantId, day],
      );
    }
    expect(await retention.readKept(tenantId)).toEqual({
      conversationsSinceMs: T0,
      recordingsSinceMs: T0,
      deliveriesSinceMs: T0,
      receiptsSinceMs: T0 + DAY_MS,
      exportsSinceDay: '2026-11-19',
      exportDayCount: 2,
      holdCount: 1,
    });
  });
});
