import { describe, expect, it } from 'vitest';
import type { FinishClaim, RecordingPart } from '../../stores/recordings.ts';
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
const FILE = { objectKey: 'recordings/file.mkv', byteCount: 4000, sha256: 'a'.repeat(64) };

async function recordedCall() {
  const account = await newAccount(fixture);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  const key = { tenantId: session.tenantId, sessionId: session.sessionId };
  return { session, key, lease: { ...key, leaseEpoch }, recordings: fixture.storage.recordings };
}

function part(fromMs: number, toMs: number, change: Partial<RecordingPart> = {}): RecordingPart {
  return {
    fromMs,
    toMs,
    objectKey: `parts/${fromMs}-${toMs}`,
    byteCount: toMs - fromMs,
    holes: [],
    ...change,
  };
}

async function end({
  tenantId,
  sessionId,
  leaseEpoch,
}: {
  tenantId: string;
  sessionId: string;
  leaseEpoch: number;
}) {
  const endedAtMs = Date.now();
  const ending = { reason: 'stopped', trouble: undefined, progress: [], mediaReport: undefined } as const;
  await fixture.storage.calls.endSession({ tenantId, sessionId, leaseEpoch, endedAtMs, ...ending });
}

/** Of this call; others of the file may be due as well. */
async function claim(sessionId: string, unclosedMs = 60_000): Promise<FinishClaim | undefined> {
  for (;;) {
    const claimed = await fixture.storage.recordings.claimUnfinished({ leaseMs: 60_000, unclosedMs });
    if (claimed === undefined || claimed.recording.sessionId === sessionId) return claimed;
  }
}

describe('RecordingStore.addPart', () => {
  it('begins the recording with its first part and goes on with the next', async () => {
    const { key, lease, session, recordings } = await recordedCall();
    expect(await recordings.find(key)).toBeUndefined();
    const holes = [{ fromMs: 10_000, toMs: 10_500 }];
    await recordings.addPart(lease, part(0, 10_000), T0);
    const outcome = await recordings.addPart(lease, part(10_000, 20_100, { holes }), T0);
    expect(outcome).toEqual({ type: 'saved', part: part(10_000, 20_100, { holes }) });
    expect(await recordings.listParts(key)).toEqual([part(0, 10_000), part(10_000, 20_100, { holes })]);
    expect(await recordings.find(key)).toMatchObject({
      conversationId: session.conversationId,
      state: 'recording',
      startedAtMs: T0,
      durationMs: 20_100,
      file: undefined,
      problem: undefined,
    });
    expect(await recordings.listByConversation(session.tenantId, session.conversationId)).toMatchObject([
      { leg: 1, language: 'en-US', state: 'recording', sessionId: session.sessionId },
    ]);
  });

  it('keeps the part that is there and answers it', async () => {
    const { key, lease, recordings } = await recordedCall();
    await recordings.addPart(lease, part(0, 10_000), T0);
    const again = await recordings.addPart(lease, part(0, 12_000), T0);
    expect(again).toEqual({ type: 'saved', part: part(0, 10_000) });
    expect(await recordings.listParts(key)).toEqual([part(0, 10_000)]);
  });

  it('takes nothing of a worker whose session another one has', async () => {
    const { key, lease, session, recordings } = await recordedCall();
    await leaseCall(fixture.storage, session);
    expect(await recordings.addPart(lease, part(0, 10_000), T0)).toEqual({ type: 'fenced' });
    expect(await recordings.find(key)).toBeUndefined();
  });

  it('takes nothing once somebody finishes the recording, or erases it', async () => {
    const { lease, session, recordings } = await recordedCall();
    await recordings.addPart(lease, part(0, 10_000), T0);
    await end(lease);
    await recordings.close(lease);
    expect(await claim(session.sessionId)).toBeDefined();
    expect(await recordings.addPart(lease, part(10_000, 12_000), T0)).toEqual({ type: 'refused' });
  });
});

describe('RecordingStore.listMessages', () => {
  it('is what was said from an instant on, with what was masked', async () => {
    const { session, lease, recordings } = await recordedCall();
    const finding = { type: 'PIN', rule: 'pin', confidence: 1, start: 0, end: 4, startMs: 1000, endMs: 1600 };
    const commit = (fromSample: number, change = {}) =>
      fixture.storage.calls.commitUtterance(utterance(session, lease.leaseEpoch, fromSample, change));
    await commit(0, { throughSample: 8000 });
    await commit(8000, { findings: [finding] });
    await commit(0, { role: 'agent', fromSample: 0 });
    const query = { ...lease, conversationId: session.conversationId };
    const all = await recordings.listMessages({ ...query, endsFromMs: 0 });
    expect(all.map(({ role, startMs, endMs }) => ({ role, startMs, endMs }))).toEqual([
      { role: 'customer', startMs: 0, endMs: 1000 },
      { role: 'agent', startMs: 0, endMs: 1000 },
      { role: 'customer', startMs: 1000, endMs: 2000 },
    ]);
    const [last, ...more] = await recordings.listMessages({ ...query, endsFromMs: 1001 });
    expect([last?.text, last?.findings, more]).toEqual(['From sample 8000', [finding], []]);
    expect(all[0]?.findings).toBeUndefined();
  });
});

describe('RecordingStore.claimUnfinished', () => {
  it('gives a recording to one finisher at a time, once its session is over', async () => {
    const { session, lease, recordings } = await recordedCall();
    await recordings.addPart(lease, part(0, 10_000), T0);
    await recordings.close(lease);
    expect(await claim(session.sessionId)).toBeUndefined();
    await end(lease);
    expect(await claim(session.sessionId)).toMatchObject({
      guid: session.guid,
      tries: 1,
      recording: { state: 'finishing', leg: 1, language: 'en-US' },
    });
    expect(await claim(session.sessionId)).toBeUndefined();
  });

  it('tells of audio after the last part that was lost', async () => {
    const { key, lease, recordings } = await recordedCall();
    await recordings.addPart(lease, part(0, 10_000), T0);
    const lost = { fromMs: 10_000, toMs: 12_345 };
    await recordings.close(lease, lost);
    expect(await recordings.find(key)).toMatchObject({
      state: 'finishing',
      holes: [lost],
      durationMs: 12_345,
    });
  });

  it('waits for the last part of a recording that was not closed', async () => {
    const { session, lease, recordings } = await recordedCall();
    await recordings.addPart(lease, part(0, 10_000), T0);
    await end(lease);
    expect(await claim(session.sessionId)).toBeUndefined();
    expect(await claim(session.sessionId, 0)).toMatchObject({ tries: 1 });
  });
});

describe('RecordingStore.finish', () => {
  async function claimed() {
    const call = await recordedCall();
    await call.recordings.addPart(call.lease, part(0, 10_000), T0);
    await end(call.lease);
    await call.recordings.close(call.lease);
    const first = await claim(call.session.sessionId);
    if (first === undefined) throw new Error('Cannot claim the recording of the test');
    return { ...call, first };
  }

  it('makes a file of it, and its parts can be forgotten', async () => {
    const { key, first, recordings } = await claimed();
    const holes = [{ fromMs: 100, toMs: 200 }];
    const ready = { type: 'ready', file: FILE, durationMs: 10_000, holes } as const;
    expect(await recordings.finish(first, ready, T0)).toBe(true);
    await recordings.forgetParts(key);
    expect(await recordings.listParts(key)).toEqual([]);
    const want = { state: 'ready', file: FILE, holes, finishedAtMs: T0, durationMs: 10_000 };
    expect(await recordings.find(key)).toMatchObject(want);
    expect(await recordings.finish(first, { type: 'failed', problem: 'late' }, T0)).toBe(false);
  });

  it('is told of parts that are still there later', async () => {
    const { key, first, recordings } = await claimed();
    const ready = { type: 'ready', file: FILE, durationMs: 10_000, holes: [] } as const;
    const leftOver = async () =>
      (await recordings.listLeftOver(1000)).map(({ sessionId }) => sessionId).includes(key.sessionId);
    await recordings.finish(first, ready, Date.now());
    expect(await leftOver()).toBe(false);
    await fixture.sql(`update recordings set claimed_until = now() where session_id = $1`, [key.sessionId]);
    expect(await leftOver()).toBe(true);
    await recordings.forgetParts(key);
    expect(await leftOver()).toBe(false);
  });

  it('keeps the problem of one that failed', async () => {
    const { key, first, session, recordings } = await claimed();
    const problem = 'recording.cues-differ';
    expect(await recordings.finish(first, { type: 'failed', problem }, T0)).toBe(true);
    expect(await recordings.find(key)).toMatchObject({ state: 'failed', problem, file: undefined });
    expect(await claim(session.sessionId)).toBeUndefined();
  });

  it('lets another try begin when it is due, which ends the claim before', async () => {
    const { first, session, recordings } = await claimed();
    expect(await recordings.extend(first, 60_000)).toBe(true);
    expect(await claim(session.sessionId)).toBeUndefined();
    expect(await recordings.finish(first, { type: 'again', delayMs: 0 }, T0)).toBe(true);
    expect(await claim(session.sessionId)).toMatchObject({ tries: 2, epoch: first.epoch + 1 });
    expect(await recordings.extend(first, 60_000)).toBe(false);
    expect(await recordings.finish(first, { type: 'failed', problem: 'x' }, T0)).toBe(false);
  });

  it('does nothing once the recording is being erased', async () => {
    const { key, session, first, recordings } = await claimed();
    await fixture.sql(`update recordings set state = 'erasing' where session_id = $1`, [session.sessionId]);
    const ready = { type: 'ready', file: FILE, durationMs: 10_000, holes: [] } as const;
    expect(await recordings.finish(first, ready, T0)).toBe(false);
    expect(await recordings.find(key)).toMatchObject({ state: 'erasing', file: undefined });
    expect(await recordings.listByConversation(session.tenantId, session.conversationId)).toEqual([]);
  });
});
