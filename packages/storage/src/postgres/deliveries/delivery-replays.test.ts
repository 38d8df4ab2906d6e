import { describe, expect, it } from 'vitest';
import type { LaneKey } from '../../stores/calls.ts';
import type { UndeliveredState } from '../../stores/delivery-replays.ts';
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
const ALL: readonly UndeliveredState[] = ['failed', 'dropped', 'dead'];
const LATER = Date.now() + 60_000;

/** A call of an app with one endpoint and one settled delivery for each state, oldest first. */
async function settledCall(states: readonly number[]) {
  const account = await newAccount(fixture);
  const { tenantId } = account;
  const endpointId = await newEndpoint(fixture.storage, account);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  const lane: LaneKey = { tenantId, endpointId, conversationId: session.conversationId };
  for (const [index] of states.entries()) {
    await fixture.storage.calls.commitUtterance(utterance(session, leaseEpoch, index * 8000));
  }
  const { lanes, deliveryReplays } = fixture.storage;
  const rows = await lanes.fetchPending([{ lane, afterSequence: 0 }], 100);
  for (const [index, row] of rows.entries()) {
    await sql('update deliveries set state = $2, attempts = 1, settled_at = now() where delivery_id = $1', [
      row.deliveryId,
      states[index],
    ]);
  }
  const ids = rows.map(({ deliveryId }) => deliveryId);
  const pendingSequences = async () =>
    (await lanes.fetchPending([{ lane, afterSequence: 0 }], 100)).map(({ sequence }) => sequence);
  const replay = (change: Partial<Parameters<typeof deliveryReplays.replayBatch>[0]> = {}) =>
    deliveryReplays.replayBatch({ tenantId, endpointId, states: ALL, limit: 100, atMs: LATER, ...change });
  return { ...account, endpointId, lane, ids, pendingSequences, replay, guid: session.guid, deliveryReplays };
}

describe('DeliveryReplays.replayBatch', () => {
  it('takes up what was not delivered, oldest first, and names the lanes', async () => {
    const call = await settledCall([3, 1, 2, 4, 0]);
    const batch = await call.replay();
    expect(batch).toEqual({ count: 3, lastDeliveryId: call.ids[3], lanes: [call.lane] });
    expect(await call.pendingSequences()).toEqual([1, 3, 4, 5]);
  });

  it('goes on after the last delivery of the batch before', async () => {
    const call = await settledCall([3, 3, 3]);
    const first = await call.replay({ limit: 2 });
    expect(first.count).toBe(2);
    expect(await call.pendingSequences()).toEqual([1, 2]);
    const { lastDeliveryId = '' } = first;
    expect(await call.replay({ limit: 2, afterDeliveryId: lastDeliveryId })).toMatchObject({ count: 1 });
    expect(await call.replay({ afterDeliveryId: call.ids[2] ?? '' })).toMatchObject({ count: 0, lanes: [] });
  });

  it.each([
    { given: 'another state', change: { states: ['dead'] as const } },
    { given: 'another call', change: { guid: 'other' } },
    { given: 'a later time', change: { fromMs: LATER } },
    { given: 'an earlier time', change: { toMs: T0 } },
    { given: 'another tenant', change: { tenantId: 'other' } },
    { given: 'another endpoint', change: { endpointId: 'other' } },
  ])('leaves alone what is of $given', async ({ change }) => {
    const call = await settledCall([3]);
    expect(await call.replay(change)).toEqual({ count: 0, lastDeliveryId: undefined, lanes: [] });
    expect(await call.replay({ guid: call.guid, fromMs: T0, toMs: LATER })).toMatchObject({ count: 1 });
  });

  it('keeps the attempts made apart from those that will follow', async () => {
    const call = await settledCall([4]);
    await call.replay();
    const [row] = await sql<{ attempts: number; attempts_before: number; replayed_at: Date | null }>(
      'select attempts, attempts_before, replayed_at from deliveries where delivery_id = $1',
      [call.ids[0]],
    );
    expect(row).toMatchObject({ attempts: 1, attempts_before: 1, replayed_at: new Date(LATER) });
  });
});

describe('DeliveryReplays.retry', () => {
  it.each([
    { given: 'failed', state: 3, want: 'queued' },
    { given: 'dropped', state: 2, want: 'queued' },
    { given: 'dead', state: 4, want: 'queued' },
    { given: 'pending', state: 0, want: 'queued' },
    { given: 'delivered', state: 1, want: 'delivered' },
  ])('answers $want for one that is $given', async ({ state, want }) => {
    const { tenantId, deliveryReplays, ids, lane } = await settledCall([state]);
    const outcome = await deliveryReplays.retry({ tenantId, deliveryId: ids[0] ?? '', atMs: LATER });
    expect(outcome).toEqual(want === 'queued' ? { type: 'queued', lane } : { type: want });
  });

  it('does not touch those of a disabled endpoint', async () => {
    const call = await settledCall([3]);
    await fixture.storage.endpoints.disable({ ...call, reason: 'gone', atMs: LATER });
    const input = { tenantId: call.tenantId, deliveryId: call.ids[0] ?? '', atMs: LATER };
    expect(await call.deliveryReplays.retry(input)).toEqual({ type: 'endpoint-disabled' });
    expect(await call.pendingSequences()).toEqual([]);
  });

  it.each(['0', 'nonsense', '9'.repeat(30)])('knows no delivery %s', async (deliveryId) => {
    const { tenantId, deliveryReplays } = await settledCall([3]);
    expect(await deliveryReplays.retry({ tenantId, deliveryId, atMs: LATER })).toEqual({ type: 'unknown' });
    expect(await deliveryReplays.get(tenantId, deliveryId)).toBeUndefined();
  });

  it('is not for other tenants', async () => {
    const call = await settledCall([3]);
    const deliveryId = call.ids[0] ?? '';
    const outcome = await call.deliveryReplays.retry({ tenantId: 'other', deliveryId, atMs: LATER });
    expect(outcome).toEqual({ type: 'unknown' });
    expect(await call.deliveryReplays.get('other', deliveryId)).toBeUndefined();
  });
});

describe('DeliveryReplays.get', () => {
  it('answers the delivery with its attempts, oldest first', async () => {
    const call = await settledCall([3]);
    await sql(
      `insert into attempts (tenant_id, delivery_id, attempt, attempted_at, duration_ms, status, error_code, detail)
       values ($1, $2, 2, $3, 7, 503, 'webhook.status', 'Cannot deliver'), ($1, $2, 1, $3, 5, null, 'webhook.timeout', null)`,
      [call.tenantId, call.ids[0], new Date(T0)],
    );
    const delivery = await call.deliveryReplays.get(call.tenantId, call.ids[0] ?? '');
    expect(delivery).toMatchObject({ guid: call.guid, state: 'failed', nextAttemptAtMs: undefined });
    expect(delivery?.attemptList).toEqual([
      {
        attempt: 1,
        attemptedAtMs: T0,
        durationMs: 5,
        status: undefined,
        errorCode: 'webhook.timeout',
        detail: undefined,
        responsePreview: undefined,
      },
      expect.objectContaining({ attempt: 2, status: 503, detail: 'Cannot deliver' }),
    ]);
  });
});
