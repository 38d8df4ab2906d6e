import { AppError } from '@earshot/domain';
import { createFakeLiveBus } from '@earshot/queues/testing';
import type { CallStore, EndSessionInput } from '@earshot/storage';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { lease, world } from './testing/call-world.ts';
import { handleCallSession, SESSION_ATTEMPTS_MAX, type WorkerDeps } from './worker.ts';

const never = new AbortController().signal;
const job = { tenantId: 'tenant', sessionId: 'session' };

function refused(): never {
  throw new Error('Not part of this test');
}

function worker(events?: () => never) {
  const ended: EndSessionInput[] = [];
  const { deps } = world(events === undefined ? {} : { events });
  const calls: CallStore = {
    startSession: refused,
    requestStop: refused,
    markStopAnswered: refused,
    getSession: refused,
    getCall: refused,
    readControls: refused,
    listUnclaimed: refused,
    dropStaleRedactionStates: refused,
    lease: async () => lease(),
    commitUtterance: (input) => deps.calls.commitUtterance(input),
    saveProgress: (input) => deps.calls.saveProgress(input),
    saveMediaReport: (input) => deps.calls.saveMediaReport(input),
    async endSession(input) {
      ended.push(input);
      return 'ended';
    },
  };
  const roles = { learn: async () => undefined, of: () => undefined, forget: () => undefined };
  const engines = {
    defaultEngine: 'moonshine' as const,
    open: async () => deps.recognizer,
    openLocal: async () => deps.recognizer,
  };
  const workerDeps: WorkerDeps = { ...deps, calls, roles, engines };
  return { workerDeps, ended };
}

describe('handleCallSession', () => {
  it('ends the session with what was heard', async () => {
    const { workerDeps, ended } = worker();
    expect(await handleCallSession(workerDeps, job, { signal: never, attemptsMade: 0 })).toEqual({
      type: 'done',
    });
    expect(ended).toMatchObject([{ reason: 'media-ended', trouble: undefined, leaseEpoch: 1 }]);
    expect(ended[0]?.mediaReport).toMatchObject({
      rolesSeen: ['customer', 'agent'],
      fragmentCount: 9,
      takeOverCount: 0,
      lastFragmentNumber: '9',
    });
  });

  it('tells those who watch the call that it has ended, and nobody else', async () => {
    for (const conversationId of ['CONVERSATION', 'ANOTHER']) {
      const bus = createFakeLiveBus();
      await bus.watch({ tenantId: 'tenant', conversationId, partials: false }, () => undefined);
      const live = { bus, partialIntervalMs: 0, isBusy: () => false };
      await handleCallSession({ ...worker().workerDeps, live }, job, { signal: never, attemptsMade: 0 });
      const told = { type: 'ended', tenantId: 'tenant', conversationId, sessionId: 'session' };
      expect(bus.published.filter(({ type }) => type === 'ended')).toEqual(
        conversationId === 'CONVERSATION' ? [told] : [],
      );
    }
  });

  it('hears each call with its own engine, and one of an earlier release with the default', async () => {
    const asked: string[] = [];
    for (const engine of ['deepgram', undefined] as const) {
      const { workerDeps } = worker();
      const leased = lease();
      const settings = { ...leased.session.settings, ...(engine === undefined ? {} : { engine }) };
      const calls: CallStore = {
        ...workerDeps.calls,
        lease: async () => ({ ...leased, session: { ...leased.session, settings } }),
      };
      const engines: WorkerDeps['engines'] = {
        ...workerDeps.engines,
        open: (name) => {
          asked.push(name);
          return workerDeps.engines.open(name);
        },
      };
      await handleCallSession({ ...workerDeps, calls, engines }, job, { signal: never, attemptsMade: 0 });
    }
    expect(asked).toEqual(['deepgram', 'moonshine']);
  });

  it('logs the whole media report once at the end', async () => {
    const lines: Record<string, unknown>[] = [];
    const logger = createLogger({ app: 'ingest', write: (line) => lines.push(JSON.parse(line)) });
    const { workerDeps } = worker();
    await handleCallSession({ ...workerDeps, logger }, job, { signal: never, attemptsMade: 0 });
    expect(lines.filter(({ event }) => event === 'call.media')).toMatchObject([
      {
        level: 'info',
        sessionId: 'session',
        reason: 'media-ended',
        fragmentCount: 9,
        reconnects: {},
        gaps: { customer: { count: 0, totalMs: 0 } },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Hello there');
  });

  it('goes on with the counts of the worker before it', async () => {
    const first = worker();
    await handleCallSession(first.workerDeps, job, { signal: never, attemptsMade: 0 });
    const mediaReport = first.ended[0]?.mediaReport;
    const { workerDeps, ended } = worker();
    const leased = lease();
    const calls: CallStore = {
      ...workerDeps.calls,
      lease: async () => ({ ...leased, leaseEpoch: 3, session: { ...leased.session, mediaReport } }),
    };
    await handleCallSession({ ...workerDeps, calls }, job, { signal: never, attemptsMade: 0 });
    expect(ended[0]?.mediaReport).toMatchObject({ fragmentCount: 9, takeOverCount: 2 });
  });

  it('is done at once with a session that has ended', async () => {
    const { workerDeps, ended } = worker();
    const calls: CallStore = { ...workerDeps.calls, lease: async () => undefined };
    const outcome = await handleCallSession({ ...workerDeps, calls }, job, {
      signal: never,
      attemptsMade: 0,
    });
    expect([outcome, ended]).toEqual([{ type: 'done' }, []]);
  });

  it('ends a session whose failure will not pass, with cause and remedy', async () => {
    const { workerDeps, ended } = worker(() => {
      throw new AppError('media.access-denied', 'Cannot read', { retryable: false });
    });
    await handleCallSession(workerDeps, job, { signal: never, attemptsMade: 0 });
    expect(ended).toMatchObject([{ reason: 'failed', trouble: { code: 'media.access-denied' } }]);
    expect(ended[0]?.trouble?.remedy).toContain('kinesisvideo:GetMedia');
    expect(ended[0]?.mediaReport?.lastTrouble).toMatchObject({ code: 'media.access-denied' });
  });

  it('tries a passing failure again, and gives up after the last attempt', async () => {
    const { workerDeps, ended } = worker(() => {
      throw new AppError('media.throttled', 'Cannot read', { retryable: true });
    });
    const attempt = (attemptsMade: number) =>
      handleCallSession(workerDeps, job, { signal: never, attemptsMade });
    await expect(attempt(0)).rejects.toMatchObject({ code: 'ingest.session-failed', retryable: true });
    expect(ended).toEqual([]);
    expect(await attempt(SESSION_ATTEMPTS_MAX - 1)).toEqual({ type: 'done' });
    expect(ended).toMatchObject([{ reason: 'failed', trouble: { code: 'media.throttled' } }]);
  });
});
