import { PARTICIPANT_ROLES, type MediaReport } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import {
  leaseCall,
  newAccount,
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

/** One after the other: the fixture has one connection for its own statements. */
async function liveCalls(count: number) {
  const calls: Awaited<ReturnType<typeof liveCall>>[] = [];
  while (calls.length < count) calls.push(await liveCall());
  return calls;
}

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

const progressOf = (
  session: { tenantId: string; sessionId: string },
  leaseEpoch: number,
  fromSample: number,
  throughSample: number,
) => ({
  tenantId: session.tenantId,
  sessionId: session.sessionId,
  leaseEpoch,
  advance: [{ role: 'customer' as const, fromSample, throughSample }],
  progress: [{ role: 'agent' as const, audioBytes: 320 }],
  contactId: 'contact-1',
  checkpoint: { at: throughSample },
  mediaReport: undefined,
});

const NO_HOLES = { count: 0, totalMs: 0, longestMs: 0 };
const MEDIA_REPORT: MediaReport = {
  version: 1,
  rolesSeen: PARTICIPANT_ROLES,
  fragmentCount: 3,
  duplicateFragmentCount: 1,
  damageCount: 0,
  filled: { customer: { count: 1, totalMs: 64, longestMs: 64 }, agent: NO_HOLES },
  gaps: { customer: NO_HOLES, agent: NO_HOLES },
  reconnects: { stalled: 2 },
  takeOverCount: 0,
  lastTrouble: { code: 'media.throttled', cause: 'Throttled', remedy: 'Ask for more', atMs: T0 },
};

describe('CallStore.readControls', () => {
  it('shows the stop to the worker that holds the session and fences every other', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const read = async (epoch: number) =>
      (await calls.readControls([{ ...account, sessionId: session.sessionId, leaseEpoch: epoch }]))[0];
    expect(await read(leaseEpoch)).toEqual({ type: 'held', stopAtMs: undefined });
    await calls.requestStop({ ...account, guid: session.guid, stopAtMs: T0 + 5 });
    expect(await read(leaseEpoch)).toEqual({ type: 'held', stopAtMs: T0 + 5 });
    expect(await read(leaseEpoch - 1)).toEqual({ type: 'fenced' });
    await calls.endSession({ ...ending(session), leaseEpoch });
    expect(await read(leaseEpoch)).toEqual({ type: 'fenced' });
  });

  it('answers many sessions in the order asked', async () => {
    const held = await liveCalls(5);
    const leases = held.map(({ session, leaseEpoch }, index) => ({
      ...session,
      leaseEpoch: index === 3 ? leaseEpoch - 1 : leaseEpoch,
    }));
    const asked = held[2];
    if (asked === undefined) throw new Error('Cannot stop a call that was not started');
    await asked.calls.requestStop({ ...asked.session, stopAtMs: T0 + 7 });
    expect(await asked.calls.readControls(leases)).toEqual([
      { type: 'held', stopAtMs: undefined },
      { type: 'held', stopAtMs: undefined },
      { type: 'held', stopAtMs: T0 + 7 },
      { type: 'fenced' },
      { type: 'held', stopAtMs: undefined },
    ]);
    expect(await asked.calls.readControls([])).toEqual([]);
  });
});

describe('CallStore.saveProgress', () => {
  it('advances from the believed sample only, and saves contact, bytes and checkpoint', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    expect(await calls.saveProgress(progressOf(session, leaseEpoch, 0, 4000))).toBe('saved');
    expect(await calls.saveProgress(progressOf(session, leaseEpoch, 0, 6000))).toBe('saved');
    const after = await calls.getSession(account.tenantId, session.sessionId);
    expect(after).toMatchObject({
      contactId: 'contact-1',
      streams: [{ committedThroughSample: 4000 }, { audioBytes: 320 }],
    });
    expect((await leaseCall(fixture.storage, session)).checkpoint).toEqual({ at: 6000 });
  });

  it('keeps the contact when none is given', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    await calls.saveProgress(progressOf(session, leaseEpoch, 0, 4000));
    await calls.saveProgress({ ...progressOf(session, leaseEpoch, 4000, 5000), contactId: undefined });
    expect((await calls.getSession(account.tenantId, session.sessionId))?.contactId).toBe('contact-1');
  });

  it('fences a worker whose session another one has taken over', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await leaseCall(fixture.storage, session);
    expect(await calls.saveProgress(progressOf(session, leaseEpoch, 0, 4000))).toBe('fenced');
    expect((await leaseCall(fixture.storage, session)).session.streams[0].committedThroughSample).toBe(0);
  });

  it('drops a redaction state in which nobody has spoken for 60 s', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { redactionState: new Uint8Array([1]) }));
    const rows = () =>
      sql('select 1 from redaction_states where conversation_id = $1', [session.conversationId]);
    await calls.saveProgress(progressOf(session, leaseEpoch, 8000, 9000));
    expect(await rows()).toHaveLength(1);
    await sql(`update redaction_states set spoken_at = now() - interval '61 s' where conversation_id = $1`, [
      session.conversationId,
    ]);
    await calls.saveProgress(progressOf(session, leaseEpoch, 9000, 9500));
    expect(await rows()).toEqual([]);
  });
});

describe('CallStore.saveProgress of many sessions', () => {
  it('answers each by its own lease, and saves each its own', async () => {
    const held = await liveCalls(20);
    const answers = await Promise.all(
      held.map(({ session, leaseEpoch, calls }, index) =>
        calls.saveProgress(
          progressOf(session, index % 5 === 4 ? leaseEpoch - 1 : leaseEpoch, 0, 100 + index),
        ),
      ),
    );
    expect(answers).toEqual(held.map((_, index) => (index % 5 === 4 ? 'fenced' : 'saved')));
    const leased = await Promise.all(held.map(({ session }) => leaseCall(fixture.storage, session)));
    expect(leased.map(({ checkpoint }) => checkpoint)).toEqual(
      held.map((_, index) => (index % 5 === 4 ? undefined : { at: 100 + index })),
    );
    expect(leased.map(({ session }) => session.streams[0].committedThroughSample)).toEqual(
      held.map((_, index) => (index % 5 === 4 ? 0 : 100 + index)),
    );
  });

  it('saves the others when one of them cannot be saved', async () => {
    const [good, bad] = [await liveCall(), await liveCall()];
    const broken = { ...progressOf(bad.session, bad.leaseEpoch, 0, 4000), contactId: 'zero \u0000 byte' };
    const answers = await Promise.allSettled([
      good.calls.saveProgress(progressOf(good.session, good.leaseEpoch, 0, 4000)),
      bad.calls.saveProgress(broken),
    ]);
    expect(answers).toMatchObject([
      { status: 'fulfilled', value: 'saved' },
      { status: 'rejected', reason: { code: 'storage.failed' } },
    ]);
  });

  it('keeps the order of two saves of the same session', async () => {
    const { session, leaseEpoch, calls } = await liveCall();
    await Promise.all([
      calls.saveProgress(progressOf(session, leaseEpoch, 0, 4000)),
      calls.saveProgress(progressOf(session, leaseEpoch, 4000, 5000)),
    ]);
    const next = await leaseCall(fixture.storage, session);
    expect(next.checkpoint).toEqual({ at: 5000 });
    expect(next.session.streams[0].committedThroughSample).toBe(5000);
  });
});

describe('CallStore.saveMediaReport', () => {
  it('saves the report and touches nothing else', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    expect(session.mediaReport).toBeUndefined();
    await calls.saveProgress(progressOf(session, leaseEpoch, 0, 4000));
    expect(await calls.saveMediaReport({ ...session, leaseEpoch, mediaReport: MEDIA_REPORT })).toBe('saved');
    expect(await calls.getSession(account.tenantId, session.sessionId)).toMatchObject({
      mediaReport: MEDIA_REPORT,
      contactId: 'contact-1',
      streams: [{ committedThroughSample: 4000 }, { audioBytes: 320 }],
    });
    const next = await leaseCall(fixture.storage, session);
    expect(next.checkpoint).toEqual({ at: 4000 });
    expect(next.session.mediaReport).toEqual(MEDIA_REPORT);
  });

  it('is replaced by a later one with progress and with the end, and kept where none is given', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const report = async () => (await calls.getSession(account.tenantId, session.sessionId))?.mediaReport;
    const progress = progressOf(session, leaseEpoch, 0, 4000);
    await calls.saveProgress({ ...progress, mediaReport: MEDIA_REPORT });
    await calls.saveProgress(progress);
    expect(await report()).toEqual(MEDIA_REPORT);
    await calls.endSession({
      ...ending(session),
      leaseEpoch,
      mediaReport: { ...MEDIA_REPORT, fragmentCount: 9 },
    });
    expect(await report()).toEqual({ ...MEDIA_REPORT, fragmentCount: 9 });
  });

  it('fences a worker whose session another one has taken over', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    await leaseCall(fixture.storage, session);
    expect(await calls.saveMediaReport({ ...session, leaseEpoch, mediaReport: MEDIA_REPORT })).toBe('fenced');
    expect((await calls.getSession(account.tenantId, session.sessionId))?.mediaReport).toBeUndefined();
  });
});

describe('CallStore.endSession', () => {
  it('ends once under its epoch, keeps the first reason and tells who waits', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    const { promise: told, resolve } = Promise.withResolvers<string>();
    const stop = await fixture.storage.notifications.listen('session_ended', (payload) => {
      if (payload === session.sessionId) resolve(payload);
    });
    const trouble = { code: 'media.not-found', cause: 'No such stream', remedy: 'Check the ARN' };
    const end = {
      ...ending(session),
      leaseEpoch,
      reason: 'failed' as const,
      trouble,
      progress: [{ role: 'agent' as const, audioBytes: 640 }],
    };
    expect(await calls.endSession(end)).toBe('ended');
    expect(await calls.endSession({ ...end, reason: 'stopped', trouble: undefined })).toBe('ended');
    expect(await told).toBe(session.sessionId);
    expect(await calls.getSession(account.tenantId, session.sessionId)).toMatchObject({
      state: 'ended',
      endedAtMs: T0 + 9000,
      endedReason: 'failed',
      trouble,
      streams: [{}, { audioBytes: 640 }],
    });
    await stop();
  });

  it('fences a worker whose session another one has taken over', async () => {
    const { account, session, leaseEpoch, calls } = await liveCall();
    await leaseCall(fixture.storage, session);
    expect(await calls.endSession({ ...ending(session), leaseEpoch })).toBe('fenced');
    expect((await calls.getSession(account.tenantId, session.sessionId))?.state).toBe('live');
  });
});
