import { describe, expect, it } from 'vitest';
import type { LaneKey } from '../../stores/calls.ts';
import type { DeliveryResult } from '../../stores/lanes.ts';
import {
  leaseCall,
  newAccount,
  newEndpoint,
  startCall,
  startInput,
  T0,
  useStorage,
  utterance,
} from '../../testing/fixture.ts';

const fixture = useStorage();
const { sql } = fixture;
const later = () => Date.now() + 60_000;

/** A call of an app with one endpoint, and `count` deliveries in their lane. */
async function laneWith(count: number) {
  const account = await newAccount(fixture);
  const endpointId = await newEndpoint(fixture.storage, account);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  const lane: LaneKey = { tenantId: account.tenantId, endpointId, conversationId: session.conversationId };
  let committed = 0;
  const add = async () => {
    const outcome = await fixture.storage.calls.commitUtterance(
      utterance(session, leaseEpoch, committed * 8000),
    );
    committed += 1;
    return outcome;
  };
  for (let index = 0; index < count; index += 1) await add();
  const pending = () => fixture.storage.lanes.fetchPending([{ lane, afterSequence: 0 }], 100);
  return { account, session, lane, add, pending, lanes: fixture.storage.lanes };
}

function result(deliveryId: string, change: Partial<DeliveryResult> = {}): DeliveryResult {
  return {
    deliveryId,
    state: 'delivered',
    attempted: true,
    status: 200,
    errorCode: undefined,
    detail: undefined,
    durationMs: 12,
    atMs: T0 + 60_000,
    ...change,
  };
}

describe('LaneStore.hold', () => {
  it('gives the lane to one holder until its time runs out', async () => {
    const { lane, lanes } = await laneWith(1);
    expect(await lanes.hold(lane, 'one', later())).toBe(true);
    expect(await lanes.hold(lane, 'one', later())).toBe(true);
    expect(await lanes.hold(lane, 'two', later())).toBe(false);
    expect(await lanes.hold(lane, 'one', Date.now() - 1)).toBe(true);
    expect(await lanes.hold(lane, 'two', later())).toBe(true);
    expect(await lanes.hold(lane, 'one', later())).toBe(false);
  });

  it('gives it to one of many at once', async () => {
    const { lane, lanes } = await laneWith(1);
    const held = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => lanes.hold(lane, holder, later())));
    expect(held.filter(Boolean)).toHaveLength(1);
  });

  it('gives nobody a lane whose endpoint is gone, nor the lane of another tenant', async () => {
    const { account, lane, lanes } = await laneWith(1);
    expect(await lanes.hold({ ...lane, tenantId: 'another' }, 'one', later())).toBe(false);
    await fixture.storage.endpoints.delete(account.tenantId, lane.endpointId);
    expect(await lanes.hold(lane, 'one', later())).toBe(false);
    expect(await lanes.release(lane, 'one')).toBe(true);
  });
});

describe('LaneStore.release', () => {
  it('refuses while undelivered rows are there and keeps the hold', async () => {
    const { lane, lanes, pending } = await laneWith(1);
    await lanes.hold(lane, 'one', later());
    expect(await lanes.release(lane, 'one')).toBe(false);
    expect(await lanes.hold(lane, 'two', later())).toBe(false);
    await lanes.recordResults(
      'one',
      (await pending()).map((delivery) => result(delivery.deliveryId)),
    );
    expect(await lanes.release(lane, 'one')).toBe(true);
    expect(await lanes.hold(lane, 'two', later())).toBe(true);
  });

  it('leaves alone a lane another one holds by now', async () => {
    const { lane, lanes } = await laneWith(1);
    await lanes.hold(lane, 'one', Date.now() - 1);
    await lanes.hold(lane, 'two', later());
    expect(await lanes.release(lane, 'one')).toBe(true);
    expect(await lanes.hold(lane, 'one', later())).toBe(false);
  });

  it('never leaves a row behind that nobody was told of', async () => {
    const { lane, lanes, add, pending } = await laneWith(1);
    for (let round = 0; round < 25; round += 1) {
      await lanes.hold(lane, 'one', later());
      await lanes.recordResults(
        'one',
        (await pending()).map((delivery) => result(delivery.deliveryId)),
      );
      const [released, outcome] = await Promise.all([lanes.release(lane, 'one'), add()]);
      const told = outcome.type === 'committed' && outcome.lanesToWake.length === 1;
      // Released before the commit: the writer adds a job. After it: the holder is told to look once more.
      expect(released).toBe(told);
    }
  });
});

describe('LaneStore.fetchPending', () => {
  it('answers undelivered rows by lane and sequence, after the one held in memory, up to the limit', async () => {
    const first = await laneWith(4);
    const second = await laneWith(2);
    const { lanes } = fixture.storage;
    await lanes.hold(first.lane, 'one', later());
    const [, delivered] = await first.pending();
    await lanes.recordResults('one', [result(delivered?.deliveryId ?? '')]);
    const rows = await lanes.fetchPending(
      [
        { lane: second.lane, afterSequence: 1 },
        { lane: first.lane, afterSequence: 0 },
      ],
      2,
    );
    expect(rows.map((row) => [row.lane.endpointId, row.sequence])).toEqual([
      [second.lane.endpointId, 2],
      [first.lane.endpointId, 1],
      [first.lane.endpointId, 3],
    ]);
    expect(await lanes.fetchPending([], 2)).toEqual([]);
  });

  it('answers nothing for the lane of another tenant', async () => {
    const { lane, lanes } = await laneWith(1);
    const stolen = { ...lane, tenantId: 'another' };
    expect(await lanes.fetchPending([{ lane: stolen, afterSequence: 0 }], 10)).toEqual([]);
  });
});

describe('LaneStore.recordResults', () => {
  it('records each outcome once, with its attempt', async () => {
    const { account, session, lane, lanes, pending } = await laneWith(3);
    await lanes.hold(lane, 'one', later());
    const ids = (await pending()).map((delivery) => delivery.deliveryId);
    const results = [
      result(ids[0] ?? ''),
      result(ids[1] ?? '', {
        state: 'failed',
        status: 503,
        errorCode: 'delivery.status',
        detail: 'x'.repeat(600),
      }),
      result(ids[2] ?? '', { state: 'dropped', attempted: false, status: undefined, durationMs: 0 }),
    ];
    expect(await lanes.recordResults('one', results)).toEqual(ids);
    expect(await lanes.recordResults('one', results)).toEqual([]);
    expect(await pending()).toEqual([]);
    const { items } = await lanes.listDeliveries({ ...account, guid: session.guid, limit: 10 });
    expect(items.toReversed()).toMatchObject([
      { state: 'delivered', attempts: 1, lastStatus: 200, lastError: undefined, deliveredAtMs: T0 + 60_000 },
      {
        state: 'failed',
        attempts: 1,
        lastStatus: 503,
        lastError: 'delivery.status',
        deliveredAtMs: undefined,
      },
      { state: 'dropped', attempts: 0, lastStatus: undefined, deliveredAtMs: undefined },
    ]);
    const attempts = await sql(
      'select attempt, length(detail) as chars from attempts where tenant_id = $1 order by 2',
      [account.tenantId],
    );
    expect(attempts).toEqual([
      { attempt: 1, chars: 500 },
      { attempt: 1, chars: null },
    ]);
    expect(await lanes.recordResults('one', [])).toEqual([]);
  });

  it('leaves the rows of a lane alone that the holder no longer holds', async () => {
    const { lane, lanes, pending } = await laneWith(1);
    await lanes.hold(lane, 'one', Date.now() - 1);
    const rows = (await pending()).map((delivery) => result(delivery.deliveryId));
    await lanes.hold(lane, 'two', later());
    expect(await lanes.recordResults('one', rows)).toEqual([]);
    expect(await pending()).toHaveLength(1);
    expect(await lanes.recordResults('two', rows)).toHaveLength(1);
  });
});

describe('LaneStore.recordResults of a durable message', () => {
  it('leaves a message that is to be tried again pending until then, with its attempt', async () => {
    const { account, session, lane, lanes, pending } = await laneWith(1);
    await lanes.hold(lane, 'one', later());
    const [first] = await pending();
    const failure = { status: 503, errorCode: 'webhook.status', detail: 'why', responsePreview: 'busy' };
    const nextAttemptAtMs = T0 + 90_000;
    const retry = result(first?.deliveryId ?? '', { state: 'retry', nextAttemptAtMs, ...failure });
    expect(await lanes.recordResults('one', [retry])).toEqual([first?.deliveryId]);
    expect(await pending()).toMatchObject([
      { attempts: 1, attemptsBefore: 0, replayed: false, nextAttemptAtMs },
    ]);
    expect(await lanes.release(lane, 'one')).toBe(false);
    expect(
      await lanes.recordResults('one', [{ ...retry, state: 'dead', nextAttemptAtMs: undefined }]),
    ).toHaveLength(1);
    expect(await pending()).toEqual([]);
    const { items } = await lanes.listDeliveries({
      ...account,
      guid: session.guid,
      state: 'dead',
      limit: 10,
    });
    expect(items).toMatchObject([{ state: 'dead', attempts: 2, lastStatus: 503 }]);
    const previews = await sql(
      'select attempt, response_preview as preview from attempts where tenant_id = $1 order by 1',
      [account.tenantId],
    );
    expect(previews).toEqual([
      { attempt: 1, preview: 'busy' },
      { attempt: 2, preview: 'busy' },
    ]);
  });
});

describe('LaneStore.defer', () => {
  it('gives the lane up, and asks for no job and no sweep before its time', async () => {
    const { lane, lanes, add } = await laneWith(1);
    await lanes.hold(lane, 'one', later());
    const untilMs = Date.now() + 3_600_000;
    await lanes.defer(lane, 'another', untilMs);
    expect(await lanes.hold(lane, 'two', later())).toBe(false);
    await lanes.defer(lane, 'one', untilMs);
    expect(await add()).toMatchObject({ type: 'committed', lanesToWake: [] });
    const swept = async (nowMs: number) =>
      (await lanes.listUnheld({ pendingBeforeMs: nowMs, nowMs, limit: 1000 })).some(
        ({ conversationId }) => conversationId === lane.conversationId,
      );
    expect(await swept(untilMs - 1)).toBe(false);
    expect(await swept(untilMs)).toBe(true);
    await lanes.endDeferrals(lane.tenantId, lane.endpointId);
    expect(await swept(Date.now() + 1)).toBe(true);
    expect(await add()).toMatchObject({ lanesToWake: [lane] });
  });

  it('is over for whoever takes the lane', async () => {
    const { lane, lanes, add } = await laneWith(1);
    await lanes.hold(lane, 'one', later());
    await lanes.defer(lane, 'one', Date.now() + 3_600_000);
    expect(await lanes.hold(lane, 'two', Date.now() - 1)).toBe(true);
    expect(await add()).toMatchObject({ lanesToWake: [lane] });
  });
});

describe('LaneStore.dropExcess', () => {
  it('gives way to the outcome of a POST that was under way', async () => {
    const { account, session, lane, lanes, pending } = await laneWith(1);
    await lanes.hold(lane, 'one', later());
    const [posting] = await pending();
    expect(await drop(lane, 0, 0)).toBe(1);
    const results = [result(posting?.deliveryId ?? '')];
    expect(await lanes.recordResults('one', results)).toHaveLength(1);
    const { items } = await lanes.listDeliveries({ ...account, guid: session.guid, limit: 10 });
    expect(items).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(await lanes.recordResults('one', results)).toEqual([]);
  });

  const drop = (lane: LaneKey, pendingMax: number, createdBeforeMs: number) =>
    fixture.storage.lanes.dropExcess({ ...lane, pendingMax, createdBeforeMs, atMs: T0 });

  it('drops the oldest beyond the limit', async () => {
    const { lane, pending } = await laneWith(5);
    expect(await drop(lane, 2, 0)).toBe(3);
    expect((await pending()).map((delivery) => delivery.sequence)).toEqual([4, 5]);
    expect(await drop(lane, 2, 0)).toBe(0);
    expect(await drop(lane, 0, 0)).toBe(2);
  });

  it('drops what is too old, and nothing of another endpoint', async () => {
    const { lane, pending } = await laneWith(3);
    const other = await laneWith(1);
    await sql(
      `update deliveries set created_at = now() - interval '1 hour' where endpoint_id = $1 and sequence < 3`,
      [lane.endpointId],
    );
    expect(await drop(lane, 100, Date.now() - 30_000)).toBe(2);
    expect((await pending()).map((delivery) => delivery.sequence)).toEqual([3]);
    expect(await other.pending()).toHaveLength(1);
  });
});

describe('LaneStore.listUnheld', () => {
  it('names lanes with old pending rows that nobody holds, oldest first', async () => {
    const held = await laneWith(1);
    const runOut = await laneWith(1);
    const free = await laneWith(1);
    const fresh = await laneWith(1);
    const { lanes } = fixture.storage;
    const nowMs = Date.now();
    await lanes.hold(held.lane, 'one', nowMs + 60_000);
    await lanes.hold(runOut.lane, 'one', nowMs + 1000);
    const age = (lane: LaneKey, atMs: number) =>
      sql('update deliveries set created_at = $2 where endpoint_id = $1', [lane.endpointId, new Date(atMs)]);
    await age(held.lane, 1000);
    await age(runOut.lane, 3000);
    await age(free.lane, 2000);
    const list = (nowOfSweeper: number) =>
      lanes.listUnheld({ pendingBeforeMs: 10_000, nowMs: nowOfSweeper, limit: 10 });
    expect(await list(nowMs)).toEqual([free.lane]);
    expect(await list(nowMs + 1000)).toEqual([free.lane, runOut.lane]);
    expect(await lanes.listUnheld({ pendingBeforeMs: 10_000, nowMs: nowMs + 1000, limit: 1 })).toHaveLength(
      1,
    );
    expect(await fresh.pending()).toHaveLength(1);
  });
});

describe('LaneStore.listUnheld of a paused endpoint', () => {
  it.each([
    { given: 'durable' as const, want: 0 },
    { given: 'realtime' as const, want: 1 },
  ])('names $want lanes when it is $given', async ({ given, want }) => {
    const { lane, lanes } = await laneWith(1);
    const { endpoints } = fixture.storage;
    const target = { tenantId: lane.tenantId, endpointId: lane.endpointId, atMs: Date.now() };
    await endpoints.update({ ...target, fields: { policy: given }, secrets: undefined });
    await endpoints.setPaused({ ...target, paused: true });
    const nowMs = Date.now() + 1000;
    const swept = async () =>
      (await lanes.listUnheld({ pendingBeforeMs: nowMs, nowMs, limit: 1000 })).filter(
        ({ endpointId }) => endpointId === lane.endpointId,
      );
    expect(await swept()).toHaveLength(want);
    await endpoints.setPaused({ ...target, paused: false });
    expect(await swept()).toHaveLength(1);
  });
});

describe('LaneStore.listDeliveries', () => {
  it('pages from the newest on and filters by endpoint, guid and state', async () => {
    const { account, session, lane, lanes, pending } = await laneWith(3);
    await lanes.hold(lane, 'one', later());
    const [first] = await pending();
    await lanes.recordResults('one', [result(first?.deliveryId ?? '')]);
    const query = { tenantId: account.tenantId, limit: 2 };
    const page = await lanes.listDeliveries(query);
    expect(page.items).toMatchObject([
      { sequence: 3, guid: session.guid, endpointId: lane.endpointId, state: 'pending' },
      { sequence: 2 },
    ]);
    const rest = await lanes.listDeliveries({ ...query, cursor: page.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ sequence: 1, state: 'delivered' }], nextCursor: undefined });
    expect((await lanes.listDeliveries({ ...query, state: 'delivered' })).items).toHaveLength(1);
    expect((await lanes.listDeliveries({ ...query, endpointId: 'none' })).items).toEqual([]);
    expect((await lanes.listDeliveries({ ...query, guid: 'none' })).items).toEqual([]);
    expect((await lanes.listDeliveries({ ...query, tenantId: 'another' })).items).toEqual([]);
  });

  it('rejects a cursor that is not one of ours', async () => {
    const list = fixture.storage.lanes.listDeliveries({ tenantId: 't', cursor: 'x', limit: 1 });
    await expect(list).rejects.toMatchObject({ code: 'storage.cursor-invalid' });
  });
});
