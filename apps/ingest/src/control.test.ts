import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { openControlRoom } from './control.ts';

const session = { tenantId: 't', sessionId: 's', leaseEpoch: 1 };

async function room() {
  let now = 0;
  let stopAtMs: number | undefined;
  let reads = 0;
  const asked: string[][] = [];
  let fenced = false;
  let notify: (payload: string) => void = () => undefined;
  let gap: () => void = () => undefined;
  const control = await openControlRoom({
    calls: {
      async readControls(leases) {
        reads += 1;
        asked.push(leases.map(({ sessionId }) => sessionId));
        return leases.map(() => (fenced ? { type: 'fenced' } : { type: 'held', stopAtMs }));
      },
    },
    notifications: {
      async listen(_channel, onNotify, onGap) {
        notify = onNotify;
        gap = onGap ?? gap;
        return async () => undefined;
      },
    },
    clock: { now: () => now },
    logger: createLogger({ app: 'ingest', level: 'silent' }),
  });
  return {
    control,
    asked,
    watched: control.watch(session),
    notify: (payload: string) => notify(payload),
    gap: () => gap(),
    pass: (ms: number) => (now += ms),
    requestStop: (atMs: number) => (stopAtMs = atMs),
    takeOver: () => (fenced = true),
    reads: () => reads,
  };
}

describe('openControlRoom', () => {
  it('asks the store at most once a second while nothing is notified', async () => {
    const { watched, pass, reads } = await room();
    await watched.look();
    pass(999);
    await watched.look();
    expect(reads()).toBe(1);
    pass(1);
    await watched.look();
    expect(reads()).toBe(2);
  });

  it('learns of a stop at the next look after its notification', async () => {
    const { watched, notify, requestStop } = await room();
    await watched.look();
    requestStop(5000);
    notify('s');
    await watched.look();
    expect(watched.stopAtMs).toBe(5000);
  });

  it('asks again after notifications may have been lost', async () => {
    const { watched, gap, requestStop } = await room();
    await watched.look();
    requestStop(7000);
    gap();
    await watched.look();
    expect(watched.stopAtMs).toBe(7000);
  });

  it('ignores notifications of other sessions', async () => {
    const { watched, notify, reads } = await room();
    await watched.look();
    notify('another');
    await watched.look();
    expect(reads()).toBe(1);
  });

  it('says when another worker holds the session, and asks no more', async () => {
    const { watched, takeOver, pass, reads } = await room();
    takeOver();
    await watched.look();
    expect(watched.fenced).toBe(true);
    pass(10_000);
    await watched.look();
    expect(reads()).toBe(1);
  });

  it('asks for all sessions at once, whichever looks first', async () => {
    const { control, watched, pass, asked, requestStop } = await room();
    const others = ['a', 'b'].map((sessionId) => control.watch({ ...session, sessionId }));
    await Promise.all([watched, ...others].map((each) => each.look()));
    pass(1000);
    requestStop(5000);
    asked.length = 0;
    await watched.look();
    await Promise.all(others.map((each) => each.look()));
    expect(asked).toEqual([['s', 'a', 'b']]);
    expect(others.map(({ stopAtMs }) => stopAtMs)).toEqual([5000, 5000]);
  });

  it('makes a session wait for its first answer, also behind a question that came before', async () => {
    const { control, watched, requestStop } = await room();
    const first = watched.look();
    const late = control.watch({ ...session, sessionId: 'late' });
    requestStop(6000);
    await late.look();
    expect(late.stopAtMs).toBe(6000);
    await first;
  });

  it('asks no more for a session that is closed', async () => {
    const { control, watched, asked } = await room();
    control.watch({ ...session, sessionId: 'gone' }).close();
    await watched.look();
    expect(asked).toEqual([['s']]);
  });
});
