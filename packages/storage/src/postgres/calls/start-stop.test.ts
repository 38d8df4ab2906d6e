import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { leaseCall, newAccount, startCall, startInput, T0, useStorage } from '../../testing/fixture.ts';

const fixture = useStorage();
const { sql } = fixture;

/** Runs `work` while another transaction holds the lock of the guid. */
async function whileLocked<T>(tenantId: string, guid: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: fixture.databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 0))`, [
      tenantId,
      guid,
    ]);
    return await work();
  } finally {
    await client.end();
  }
}

describe('CallStore.startSession', () => {
  it('records conversation, session and two streams of their own', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account, {
      media: {
        streamArn: 'arn:x',
        selector: { type: 'FRAGMENT_NUMBER', afterFragmentNumber: '9'.repeat(40) },
      },
    });
    const session = await startCall(fixture.storage, input);
    expect(session).toMatchObject({
      ...account,
      guid: input.guid,
      ordinal: 1,
      state: 'queued',
      acceptedAtMs: T0,
      stopAtMs: undefined,
      settings: input.settings,
      media: input.media,
    });
    expect(session.conversationId).toMatch(/^[0-9A-Z]{26}$/);
    expect(session.streams.map((stream) => [stream.role, stream.externalId, stream.audioBytes])).toEqual([
      ['customer', 'customer-1', 0],
      ['agent', 'agent-1', 0],
    ]);
    expect(new Set(session.streams.map((stream) => stream.streamId)).size).toBe(2);
    expect(await fixture.storage.calls.getSession(account.tenantId, session.sessionId)).toEqual(session);
  });

  it.each([
    { given: 'queued', lease: false },
    { given: 'live', lease: true },
  ])('answers running while a session is $given', async ({ lease }) => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const session = await startCall(fixture.storage, input);
    if (lease) await leaseCall(fixture.storage, session);
    expect(await fixture.storage.calls.startSession(input)).toEqual({ type: 'running' });
  });

  it('starts one of many at once and refuses the others', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => fixture.storage.calls.startSession(input)),
    );
    const types = outcomes.map((outcome) => outcome.type);
    expect(types.filter((type) => type === 'started')).toHaveLength(1);
    expect(types.every((type) => ['started', 'running', 'pending'].includes(type))).toBe(true);
    const call = await fixture.storage.calls.getCall(account.tenantId, input.guid);
    expect(call?.sessions).toHaveLength(1);
  });

  it('answers pending while another request on the guid is in progress', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const outcome = await whileLocked(account.tenantId, input.guid, () =>
      fixture.storage.calls.startSession(input),
    );
    expect(outcome).toEqual({ type: 'pending' });
  });

  it('answers pending while a stop is unanswered, for at most 30 s', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    await startCall(fixture.storage, input);
    await fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 + 1000 });
    const again = (acceptedAtMs: number) => fixture.storage.calls.startSession({ ...input, acceptedAtMs });
    expect(await again(T0 + 30_999)).toEqual({ type: 'pending' });
    expect(await again(T0 + 31_000)).toMatchObject({ type: 'started', session: { ordinal: 2 } });
  });

  it('starts again after an answered stop while the old session drains, with streams of its own', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const first = await startCall(fixture.storage, input);
    const { sessionId } = first;
    await fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 + 1000 });
    await fixture.storage.calls.markStopAnswered({ ...account, sessionId, answeredAtMs: T0 + 1500 });
    const second = await startCall(fixture.storage, {
      ...input,
      agentExternalId: 'agent-2',
      acceptedAtMs: T0 + 2000,
    });
    expect(second).toMatchObject({ ordinal: 2, state: 'queued', conversationId: first.conversationId });
    expect(second.streams[1].externalId).toBe('agent-2');
    const call = await fixture.storage.calls.getCall(account.tenantId, input.guid);
    expect(call?.sessions.map((session) => [session.ordinal, session.state])).toEqual([
      [1, 'stopping'],
      [2, 'queued'],
    ]);
    expect(new Set(call?.sessions.flatMap((s) => s.streams.map((stream) => stream.streamId))).size).toBe(4);
  });

  it('starts again after a session that ended by itself', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const { leaseEpoch, session } = await leaseCall(fixture.storage, await startCall(fixture.storage, input));
    await fixture.storage.calls.endSession(ending(session.tenantId, session.sessionId, leaseEpoch));
    expect(await fixture.storage.calls.startSession(input)).toMatchObject({ type: 'started' });
  });
});

function ending(tenantId: string, sessionId: string, leaseEpoch: number) {
  return {
    tenantId,
    sessionId,
    leaseEpoch,
    reason: 'media-ended' as const,
    trouble: undefined,
    endedAtMs: T0 + 9000,
    progress: [],
    mediaReport: undefined,
  };
}

describe('CallStore.requestStop', () => {
  it('answers unknown for a guid nobody started', async () => {
    const account = await newAccount(fixture);
    const outcome = await fixture.storage.calls.requestStop({ ...account, guid: randomUUID(), stopAtMs: T0 });
    expect(outcome).toEqual({ type: 'unknown' });
  });

  it.each([{ lease: false }, { lease: true }])('stops a session (leased: $lease) once', async ({ lease }) => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const { sessionId } = await startCall(fixture.storage, input);
    if (lease) await fixture.storage.calls.lease(account.tenantId, sessionId);
    const stop = (stopAtMs: number) =>
      fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs });
    expect(await stop(T0 + 1000)).toMatchObject({
      type: 'stopping',
      session: { sessionId, state: 'stopping', stopAtMs: T0 + 1000 },
    });
    expect(await stop(T0 + 1100)).toEqual({ type: 'pending' });
    await fixture.storage.calls.markStopAnswered({ ...account, sessionId, answeredAtMs: T0 + 1200 });
    expect(await stop(T0 + 1300)).toEqual({ type: 'stopped' });
  });

  it('counts a stop unanswered for 30 s as answered, also when the session has ended since', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const { leaseEpoch, session } = await leaseCall(fixture.storage, await startCall(fixture.storage, input));
    const stop = (stopAtMs: number) =>
      fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs });
    await stop(T0);
    expect(await stop(T0 + 30_000)).toEqual({ type: 'stopped' });
    await fixture.storage.calls.endSession(ending(session.tenantId, session.sessionId, leaseEpoch));
    expect(await stop(T0 + 29_999)).toEqual({ type: 'pending' });
    expect(await stop(T0 + 30_000)).toEqual({ type: 'stopped' });
  });

  it('answers the first stop of a session that ended by itself, and only that', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const { leaseEpoch, session } = await leaseCall(fixture.storage, await startCall(fixture.storage, input));
    await fixture.storage.calls.endSession(ending(session.tenantId, session.sessionId, leaseEpoch));
    const stop = () =>
      fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 + 9500 });
    expect(await stop()).toMatchObject({
      type: 'ended',
      session: { state: 'ended', endedReason: 'media-ended', stopAtMs: undefined },
    });
    expect(await stop()).toEqual({ type: 'stopped' });
  });

  it('stops the newest session while an older one drains', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    const first = await startCall(fixture.storage, input);
    await fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 });
    await fixture.storage.calls.markStopAnswered({
      ...account,
      sessionId: first.sessionId,
      answeredAtMs: T0,
    });
    const second = await startCall(fixture.storage, input);
    expect(
      await fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 + 5000 }),
    ).toMatchObject({ type: 'stopping', session: { sessionId: second.sessionId } });
  });

  it('answers pending while another request on the guid is in progress', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    await startCall(fixture.storage, input);
    const stop = () => fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 });
    expect(await whileLocked(account.tenantId, input.guid, stop)).toEqual({ type: 'pending' });
  });

  it('lets one of two stops at once through', async () => {
    const account = await newAccount(fixture);
    const input = startInput(account);
    await startCall(fixture.storage, input);
    const stop = () => fixture.storage.calls.requestStop({ ...account, guid: input.guid, stopAtMs: T0 });
    const types = (await Promise.all([stop(), stop()])).map((outcome) => outcome.type);
    expect(types.toSorted()).toEqual(['pending', 'stopping']);
  });
});

describe('CallStore.getCall', () => {
  it('keeps the same guid of two tenants apart', async () => {
    const [mine, theirs] = [await newAccount(fixture), await newAccount(fixture)];
    const input = startInput(mine);
    const session = await startCall(fixture.storage, input);
    expect(await fixture.storage.calls.getCall(theirs.tenantId, input.guid)).toBeUndefined();
    expect(await fixture.storage.calls.getSession(theirs.tenantId, session.sessionId)).toBeUndefined();
    expect(await fixture.storage.calls.lease(theirs.tenantId, session.sessionId)).toBeUndefined();
    const stop = { ...theirs, guid: input.guid, stopAtMs: T0 };
    expect(await fixture.storage.calls.requestStop(stop)).toEqual({ type: 'unknown' });
    expect(await fixture.storage.calls.startSession({ ...input, ...theirs })).toMatchObject({
      type: 'started',
    });
  });
});

describe('CallStore.listUnclaimed', () => {
  it('names open sessions no worker has shown interest in since', async () => {
    const account = await newAccount(fixture);
    const old = await startCall(fixture.storage, startInput(account, { acceptedAtMs: 1000 }));
    const leased = await startCall(fixture.storage, startInput(account, { acceptedAtMs: 1000 }));
    const ended = await startCall(fixture.storage, startInput(account, { acceptedAtMs: 1000 }));
    const abandoned = await startCall(fixture.storage, startInput(account, { acceptedAtMs: 2000 }));
    await startCall(fixture.storage, startInput(account, { acceptedAtMs: 6000 }));
    await leaseCall(fixture.storage, leased);
    await leaseCall(fixture.storage, abandoned);
    await sql('update call_sessions set seen_at = $2 where session_id = $1', [
      abandoned.sessionId,
      new Date(4000),
    ]);
    const { leaseEpoch } = await leaseCall(fixture.storage, ended);
    await fixture.storage.calls.endSession(ending(account.tenantId, ended.sessionId, leaseEpoch));
    const unclaimed = await fixture.storage.calls.listUnclaimed({ acceptedBeforeMs: 5000, limit: 10 });
    expect(unclaimed).toEqual([
      { tenantId: account.tenantId, sessionId: old.sessionId },
      { tenantId: account.tenantId, sessionId: abandoned.sessionId },
    ]);
    expect(await fixture.storage.calls.listUnclaimed({ acceptedBeforeMs: 5000, limit: 1 })).toHaveLength(1);
  });
});
