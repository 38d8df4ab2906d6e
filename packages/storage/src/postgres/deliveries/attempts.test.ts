import { describe, expect, it } from 'vitest';
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
const HOLDER = 'publisher';
const COUNT = 20;

/** A lane of deliveries that wait, and what records that each was tried and has to be tried again. */
async function heldLane() {
  const account = await newAccount(fixture);
  const { tenantId } = account;
  const { calls, lanes } = fixture.storage;
  const endpointId = await newEndpoint(fixture.storage, account);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  const lane = { tenantId, endpointId, conversationId: session.conversationId };
  for (let index = 0; index < COUNT; index += 1) {
    await calls.commitUtterance(utterance(session, leaseEpoch, index * 8000));
  }
  await lanes.hold(lane, HOLDER, Date.now() + 60_000);
  const pending = await lanes.fetchPending([{ lane, afterSequence: 0 }], COUNT);
  const tryAll = (state: 'retry' | 'failed' = 'retry') =>
    lanes.recordResults(
      HOLDER,
      pending.map(({ deliveryId }) => ({
        deliveryId,
        state,
        attempted: true,
        status: 500,
        errorCode: 'delivery.status',
        detail: undefined,
        responsePreview: 'what was answered',
        durationMs: 5,
        atMs: T0,
        nextAttemptAtMs: T0,
      })),
    );
  const attemptCount = async () =>
    (await sql('select from attempts where tenant_id = $1', [tenantId])).length;
  return { ...lane, tryAll, attemptCount };
}

type Lane = Awaited<ReturnType<typeof heldLane>>;

const TAKERS: readonly { readonly taker: string; readonly take: (lane: Lane) => Promise<unknown> }[] = [
  {
    taker: 'their endpoint',
    take: ({ tenantId, endpointId }) => fixture.storage.endpoints.delete(tenantId, endpointId),
  },
  {
    taker: 'their conversation',
    take: ({ conversationId }) =>
      sql('delete from conversations where conversation_id = $1', [conversationId]),
  },
  {
    taker: 'their age',
    take: ({ tenantId }) =>
      fixture.storage.retention.eraseExpiredDeliveries({
        tenantId,
        nowMs: Date.now() + 8 * 86_400_000,
        limit: 100,
      }),
  },
];

describe('Attempts', () => {
  it.each(TAKERS)('go with $taker', async ({ take }) => {
    const lane = await heldLane();
    await lane.tryAll();
    await lane.tryAll('failed');
    expect(await lane.attemptCount()).toBe(2 * COUNT);
    await take(lane);
    expect(await lane.attemptCount()).toBe(0);
  });

  it('are not left over by one who records them while their deliveries are deleted', async () => {
    for (let round = 0; round < 10; round += 1) {
      const lane = await heldLane();
      await lane.tryAll();
      const { tenantId, endpointId } = lane;
      await Promise.all([
        lane.tryAll(),
        fixture.storage.endpoints.delete(tenantId, endpointId),
        lane.tryAll('failed'),
      ]);
      expect(await lane.attemptCount()).toBe(0);
    }
  });
});
