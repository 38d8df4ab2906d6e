import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { createSchedule } from './schedule.ts';

const logger = createLogger({ app: 'exporter', level: 'silent' });
const HOUR_MS = 3_600_000;

/** Runs that the test lets end. */
function heldRuns() {
  const runs: { end: (error?: Error) => void; signal: AbortSignal }[] = [];
  const run = async (signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    runs.push({ signal, end: (error) => (error === undefined ? resolve() : reject(error)) });
    await promise;
  };
  return { run, runs };
}

describe('createSchedule', () => {
  it('runs at once, and again when woken, one run at a time', async () => {
    const { run, runs } = heldRuns();
    const schedule = createSchedule({ run, logger, intervalMs: HOUR_MS });
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
    const { run, runs } = heldRuns();
    const schedule = createSchedule({ run, logger, intervalMs: 1 });
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
