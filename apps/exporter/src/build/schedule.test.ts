import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { createSchedule } from './schedule.ts';

const logger = createLogger({ app: 'exporter', level: 'silent' });
const HOUR_MS = 3_600_000;

/** A builder whose runs the test lets end. */
function heldBuilder() {
  const runs: { end: (error?: Error) => void; signal: AbortSignal }[] = [];
  const runDue = async (signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    runs.push({ signal, end: (error) => (error === undefined ? resolve() : reject(error)) });
    await promise;
  };
  return { builder: { runDue }, runs };
}

describe('createSchedule', () => {
  it('runs at once, and again when woken, one run at a time', async () => {
    const { builder, runs } = heldBuilder();
    const schedule = createSchedule({ builder, logger, intervalMs: HOUR_MS });
    schedule.start();
    schedule.wake();
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    await schedule.close();
    expect(runs).toHaveLength(2);
  });

  it('runs again by itself, also after a run that failed', async () => {
    const { builder, runs } = heldBuilder();
    const schedule = createSchedule({ builder, logger, intervalMs: 1 });
    schedule.start();
    runs[0]?.end(new Error('The database is away'));
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    await expect.poll(() => runs.length).toBe(3);
    const closed = schedule.close();
    expect(runs[2]?.signal.aborted).toBe(true);
    runs[2]?.end(new Error('Closing'));
    await closed;
  });
});
