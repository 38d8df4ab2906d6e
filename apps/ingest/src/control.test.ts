import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { openControlRoom } from './control.ts';

const session = { tenantId: 't', sessionId: 's', leaseEpoch: 1 };

async function room() {
  let now = 0;
  let stopAtMs: number | undefined;
  let reads = 0;
  let fenced = false;
  let notify: (payload: string) => void = () => undefined;
  let gap: () => void = () => undefined;
  const control = await openControlRoom({
    calls: {
      async readControl() {
        reads += 1;
        return fenced ? { type: 'fenced' } : { type: 'held', stopAtMs };
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
});
