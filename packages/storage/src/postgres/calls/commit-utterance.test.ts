import { deriveWebhookId } from '@earshot/domain';
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

async function liveCall() {
  const account = await newAccount(fixture);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  return { account, session, leaseEpoch, calls: fixture.storage.calls };
}

describe('CallStore.commitUtterance', () => {
  it('stores the message, counts it and saves what the next worker needs', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const redactionState = new Uint8Array([1, 2, 3]);
    const input = utterance(session, leaseEpoch, 0, { redactionState });
    expect(await calls.commitUtterance(input)).toEqual({ type: 'committed', lanesToWake: [] });
    const list = { ...account, externalId: session.guid, limit: 10 };
    expect(await fixture.storage.messages.listByExternalId(list)).toMatchObject({
      items: [
        {
          messageId: input.message.messageId,
          role: 'customer',
          senderExternalId: 'customer-1',
          text: input.message.text,
          clientTimestampMs: T0,
        },
      ],
    });
    const next = await leaseCall(fixture.storage, session);
    expect(next.redactionState && new Uint8Array(next.redactionState)).toEqual(redactionState);
    expect(next.session.streams).toMatchObject([
      { committedThroughSample: 8000, transcripts: 1 },
      { committedThroughSample: 0, transcripts: 0 },
    ]);
  });

  it('is already done the second time, and nothing changes', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    await newEndpoint(fixture.storage, account);
    await calls.commitUtterance(utterance(session, leaseEpoch, 0));
    expect(await calls.commitUtterance(utterance(session, leaseEpoch, 0))).toEqual({ type: 'already-done' });
    const after = await calls.getSession(account.tenantId, session.sessionId);
    expect(after?.streams[0]).toMatchObject({ committedThroughSample: 8000, transcripts: 1 });
    expect(await sql('select 1 from deliveries where tenant_id = $1', [account.tenantId])).toHaveLength(1);
  });

  it('lets one of two equal commits at once through', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    const outcomes = await Promise.all([
      calls.commitUtterance(utterance(session, leaseEpoch, 0)),
      calls.commitUtterance(utterance(session, leaseEpoch, 0)),
    ]);
    expect(outcomes.map((outcome) => outcome.type).toSorted()).toEqual(['already-done', 'committed']);
  });

  it('fences a worker whose session another one has taken over', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    const next = await leaseCall(fixture.storage, session);
    expect(next.leaseEpoch).toBe(leaseEpoch + 1);
    expect(await calls.commitUtterance(utterance(session, leaseEpoch, 0))).toEqual({ type: 'fenced' });
    expect(await calls.commitUtterance(utterance(session, next.leaseEpoch, 0))).toMatchObject({
      type: 'committed',
    });
    expect(await calls.commitUtterance(utterance(session, leaseEpoch, 8000))).toEqual({ type: 'fenced' });
  });

  it('either shows a commit to the next worker or fences it, never neither', async () => {
    for (let round = 0; round < 25; round += 1) {
      const { session, leaseEpoch, calls } = await liveCall();
      const [outcome, next] = await Promise.all([
        calls.commitUtterance(utterance(session, leaseEpoch, 0)),
        leaseCall(fixture.storage, session),
      ]);
      const seen = next.session.streams[0].committedThroughSample === 8000;
      expect(outcome.type).toBe(seen ? 'committed' : 'fenced');
    }
  });

  it('accepts commits of a stopping session and none of an ended one', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    await calls.requestStop({ ...account, guid: session.guid, stopAtMs: T0 });
    expect(await calls.commitUtterance(utterance(session, leaseEpoch, 0))).toMatchObject({
      type: 'committed',
    });
    await calls.endSession({ ...ending(session), leaseEpoch });
    expect(await calls.commitUtterance(utterance(session, leaseEpoch, 8000))).toEqual({ type: 'fenced' });
  });

  it('rejects a worker that believes in samples that were never committed', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await expect(calls.commitUtterance(utterance(session, leaseEpoch, 8000))).rejects.toMatchObject({
      code: 'storage.fence-mismatch',
      retryable: false,
    });
  });

  it('drops the redaction state with a commit that has none', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { redactionState: new Uint8Array([1]) }));
    await calls.commitUtterance(utterance(session, leaseEpoch, 8000));
    expect((await leaseCall(fixture.storage, session)).redactionState).toBeUndefined();
  });

  it('makes one delivery for each enabled endpoint of the app and names the lanes nobody holds', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const first = await newEndpoint(fixture.storage, account);
    const second = await newEndpoint(fixture.storage, account);
    await newEndpoint(fixture.storage, account, { enabled: false });
    await newEndpoint(fixture.storage, account, { operationalEvents: true });
    await newEndpoint(fixture.storage, await newAccount(fixture));
    const lane = (endpointId: string) => ({
      tenantId: account.tenantId,
      endpointId,
      conversationId: session.conversationId,
    });
    const outcome = await calls.commitUtterance(utterance(session, leaseEpoch, 0));
    expect(outcome).toEqual({ type: 'committed', lanesToWake: [first, second].toSorted().map(lane) });
    await fixture.storage.lanes.hold(lane(first), 'worker', Date.now() + 60_000);
    const input = utterance(session, leaseEpoch, 8000);
    expect(await calls.commitUtterance(input)).toEqual({ type: 'committed', lanesToWake: [lane(second)] });
    const deliveries = await fixture.storage.lanes.fetchPending(
      [{ lane: lane(first), afterSequence: 1 }],
      10,
    );
    expect(deliveries).toMatchObject([
      {
        lane: lane(first),
        sequence: 2,
        messageId: input.message.messageId,
        webhookId: deriveWebhookId(input.message.messageId, first),
        body: input.webhookBody,
        attempts: 0,
      },
    ]);
  });

  it('keeps a sealed body sealed, and no other beside it', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const endpointId = await newEndpoint(fixture.storage, account);
    const { conversationId } = session;
    const lane = { tenantId: account.tenantId, endpointId, conversationId };
    await calls.commitUtterance(
      utterance(session, leaseEpoch, 0, { webhookBody: { sealed: Uint8Array.of(7, 8) } }),
    );
    const [delivery] = await fixture.storage.lanes.fetchPending([{ lane, afterSequence: 0 }], 10);
    expect(delivery?.body).toEqual({ sealed: Buffer.of(7, 8) });
    const where = 'where tenant_id = $1 and conversation_id = $2';
    const rows = await sql(`select body from deliveries ${where}`, [account.tenantId, conversationId]);
    expect(rows).toEqual([{ body: null }]);
    const broken = [`body = 'open'`, `body_sealed = null`];
    for (const change of broken) {
      const both = sql(`update deliveries set ${change} ${where}`, [account.tenantId, conversationId]);
      await expect(both).rejects.toThrow('deliveries_one_body');
    }
  });

  it('stores what was masked in a message, with its places and times', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const finding = {
      type: 'PIN',
      rule: 'cue',
      confidence: 0.9,
      start: 10,
      end: 14,
      startMs: 400,
      endMs: 900,
    };
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { findings: [finding] }));
    const rows = await sql('select findings from messages where tenant_id = $1', [account.tenantId]);
    expect(rows).toEqual([{ findings: [finding] }]);
  });

  it('tells the holder of a lane of a new delivery', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const endpointId = await newEndpoint(fixture.storage, account);
    const { conversationId } = session;
    const { promise: woken, resolve } = Promise.withResolvers<string>();
    const stop = await fixture.storage.notifications.listen('lane_wake', (payload) => {
      if (payload.startsWith(endpointId)) resolve(payload);
    });
    await calls.commitUtterance(utterance(session, leaseEpoch, 0));
    await fixture.storage.lanes.hold(
      { ...account, endpointId, conversationId },
      'worker',
      Date.now() + 60_000,
    );
    await calls.commitUtterance(utterance(session, leaseEpoch, 8000));
    expect(await woken).toBe(`${endpointId} ${conversationId}`);
    await stop();
  });

  it('numbers the deliveries of a lane in the order of their commits, without a gap', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const endpointId = await newEndpoint(fixture.storage, account);
    const track = async (role: 'customer' | 'agent') => {
      for (let index = 0; index < 20; index += 1) {
        await calls.commitUtterance(utterance(session, leaseEpoch, index * 8000, { role }));
      }
    };
    // A reader that goes on from the last sequence it saw must see each row: none may appear behind its back.
    const seen: number[] = [];
    const lane = { tenantId: account.tenantId, endpointId, conversationId: session.conversationId };
    const read = async () => {
      while (seen.length < 40) {
        const pending = await fixture.storage.lanes.fetchPending(
          [{ lane, afterSequence: seen.at(-1) ?? 0 }],
          50,
        );
        seen.push(...pending.map((delivery) => delivery.sequence));
      }
    };
    await Promise.all([track('customer'), track('agent'), read()]);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('commits without a lane when its endpoint is deleted at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { account, session, leaseEpoch, calls } = await liveCall();
      const endpointId = await newEndpoint(fixture.storage, account);
      const [outcome] = await Promise.all([
        calls.commitUtterance(utterance(session, leaseEpoch, 0)),
        fixture.storage.endpoints.delete(account.tenantId, endpointId),
      ]);
      expect(outcome.type).toBe('committed');
      expect(await sql('select 1 from deliveries where endpoint_id = $1', [endpointId])).toEqual([]);
    }
  });

  it('commits what comes together for many calls, each under its own lease', async () => {
    const account = await newAccount(fixture);
    await newEndpoint(fixture.storage, account);
    const calls = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const session = await startCall(fixture.storage, startInput(account));
        const { leaseEpoch } = await leaseCall(fixture.storage, session);
        return { session, leaseEpoch };
      }),
    );
    const [fenced, mismatched, ...whole] = calls;
    if (fenced === undefined || mismatched === undefined) throw new Error('Cannot test without calls');
    await leaseCall(fixture.storage, fenced.session);
    const outcomes = await Promise.allSettled([
      fixture.storage.calls.commitUtterance(utterance(fenced.session, fenced.leaseEpoch, 0)),
      fixture.storage.calls.commitUtterance(utterance(mismatched.session, mismatched.leaseEpoch, 8000)),
      ...whole.map(({ session, leaseEpoch }) =>
        fixture.storage.calls.commitUtterance(utterance(session, leaseEpoch, 0)),
      ),
    ]);
    expect(outcomes[0]).toMatchObject({ value: { type: 'fenced' } });
    expect(outcomes[1]).toMatchObject({ reason: { code: 'storage.fence-mismatch' } });
    for (const [index, outcome] of outcomes.slice(2).entries()) {
      const { conversationId } = whole[index]?.session ?? {};
      expect(outcome).toMatchObject({ value: { type: 'committed', lanesToWake: [{ conversationId }] } });
    }
    expect(await sql('select 1 from deliveries where tenant_id = $1', [account.tenantId])).toHaveLength(38);
  });

  it('commits two sessions of one conversation that come together, one after the other', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const endpointId = await newEndpoint(fixture.storage, account);
    await calls.requestStop({ ...account, guid: session.guid, stopAtMs: T0 });
    await calls.markStopAnswered({ ...account, sessionId: session.sessionId, answeredAtMs: T0 });
    const second = await startCall(fixture.storage, startInput(account, { guid: session.guid }));
    expect(second.conversationId).toBe(session.conversationId);
    const next = await leaseCall(fixture.storage, second);
    const outcomes = await Promise.all([
      calls.commitUtterance(utterance(session, leaseEpoch, 0)),
      calls.commitUtterance(utterance(second, next.leaseEpoch, 0, { role: 'agent' })),
    ]);
    expect(outcomes.map(({ type }) => type)).toEqual(['committed', 'committed']);
    const rows = await sql<{ sequence: number }>(
      'select sequence from deliveries where endpoint_id = $1 order by sequence',
      [endpointId],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('does not wait for the conversation of another call that somebody keeps locked', async () => {
    const locked = await liveCall();
    const free = await liveCall();
    const { tenantId, conversationId } = locked.session;
    await sql('begin');
    await sql('select from conversations where tenant_id = $1 and conversation_id = $2 for update', [
      tenantId,
      conversationId,
    ]);
    const waiting = locked.calls.commitUtterance(utterance(locked.session, locked.leaseEpoch, 0));
    await expect.poll(() => sql('select 1 from pg_locks where not granted')).not.toEqual([]);
    const outcome = await free.calls.commitUtterance(utterance(free.session, free.leaseEpoch, 0));
    await sql('commit');
    expect(outcome.type).toBe('committed');
    expect((await waiting).type).toBe('committed');
  });

  it('says nothing of the message when the database refuses it', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    const input = utterance(session, leaseEpoch, 0);
    const message = { ...input.message, text: 'my secret is \u0000 seven' };
    const error = await calls.commitUtterance({ ...input, message }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'storage.failed', retryable: false });
    expect(JSON.stringify([String(error), Object.values(Object(error)), Object(error).cause])).not.toContain(
      'secret',
    );
  });
});

function ending(session: { tenantId: string; sessionId: string }) {
  const { tenantId, sessionId } = session;
  return {
    tenantId,
    sessionId,
    reason: 'stopped' as const,
    trouble: undefined,
    endedAtMs: T0 + 9000,
    progress: [],
    mediaReport: undefined,
  };
}

describe('CallStore.lease', () => {
  it('makes a queued session live, leaves a stopping one stopping and refuses an ended one', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    expect((await calls.getSession(account.tenantId, session.sessionId))?.state).toBe('live');
    await calls.requestStop({ ...account, guid: session.guid, stopAtMs: T0 });
    const next = await leaseCall(fixture.storage, session);
    expect(next).toMatchObject({ leaseEpoch: leaseEpoch + 1, session: { state: 'stopping', stopAtMs: T0 } });
    await calls.endSession({ ...ending(session), leaseEpoch: next.leaseEpoch });
    expect(await calls.lease(account.tenantId, session.sessionId)).toBeUndefined();
  });

  it('hands out no redaction state in which nobody has spoken for 60 s', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { redactionState: new Uint8Array([1]) }));
    const spoken = (secondsAgo: number) =>
      sql(
        `update redaction_states set spoken_at = now() - $2 * interval '1 second' where conversation_id = $1`,
        [session.conversationId, secondsAgo],
      );
    await spoken(50);
    expect((await leaseCall(fixture.storage, session)).redactionState).toBeDefined();
    await spoken(61);
    expect((await leaseCall(fixture.storage, session)).redactionState).toBeUndefined();
  });

  it('passes the redaction state on to the next session of the conversation', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { redactionState: new Uint8Array([7]) }));
    await calls.endSession({ ...ending(session), leaseEpoch });
    const second = await startCall(fixture.storage, { ...startInput(account), guid: session.guid });
    expect((await leaseCall(fixture.storage, second)).redactionState?.[0]).toBe(7);
  });
});

describe('CallStore.dropStaleRedactionStates', () => {
  it('deletes those in which nobody has spoken for 60 s', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { redactionState: new Uint8Array([1]) }));
    await sql(`update redaction_states set spoken_at = now() - interval '61 s' where conversation_id = $1`, [
      session.conversationId,
    ]);
    const fresh = await liveCall();
    await calls.commitUtterance(
      utterance(fresh.session, fresh.leaseEpoch, 0, { redactionState: new Uint8Array([1]) }),
    );
    expect(await calls.dropStaleRedactionStates()).toBeGreaterThan(0);
    const left = await sql('select conversation_id from redaction_states where conversation_id = any($1)', [
      [session.conversationId, fresh.session.conversationId],
    ]);
    expect(left).toEqual([{ conversation_id: fresh.session.conversationId }]);
  });
});

describe('Notifications', () => {
  it('tells the worker of a stop', async () => {
    const { account, session, calls } = await liveCall();
    const { promise: told, resolve } = Promise.withResolvers<string>();
    const stop = await fixture.storage.notifications.listen('session_stop', (payload) => {
      if (payload === session.sessionId) resolve(payload);
    });
    await calls.requestStop({ ...account, guid: session.guid, stopAtMs: T0 });
    expect(await told).toBe(session.sessionId);
    await stop();
  });
});
