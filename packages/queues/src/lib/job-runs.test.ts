import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trackJobRuns } from './job-runs.ts';

describe('trackJobRuns', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('fires a signal when nothing confirmed the lock for its whole length', () => {
    const runs = trackJobRuns(1_000, 'abort');
    const [kept, lost] = [runs.start('kept'), runs.start('lost')];
    vi.advanceTimersByTime(900);
    runs.renewed(['kept']);
    vi.advanceTimersByTime(900);
    expect([kept.signal.aborted, lost.signal.aborted]).toEqual([false, true]);
  });

  it('fires the signal of a refused lock at once, and of no other', () => {
    const runs = trackJobRuns(1_000, 'abort');
    const [one, two] = [runs.start('one'), runs.start('two')];
    runs.lost(['one', 'unknown']);
    expect([one.signal.aborted, two.signal.aborted]).toEqual([true, false]);
  });

  it('fires the signal of an earlier run when the same job is given again', () => {
    const runs = trackJobRuns(1_000, 'abort');
    const earlier = runs.start('job');
    const later = runs.start('job');
    earlier.end();
    expect([earlier.signal.aborted, later.signal.aborted]).toEqual([true, false]);
    runs.lost(['job']);
    expect(later.signal.aborted).toBe(true);
  });

  it('fires no signal for a lock under go-on, but all of them on abortAll', () => {
    const runs = trackJobRuns(1_000, 'go-on');
    const [earlier, other] = [runs.start('job'), runs.start('other')];
    const later = runs.start('job');
    runs.lost(['job', 'other']);
    vi.advanceTimersByTime(5_000);
    const all = [earlier, later, other];
    expect(all.map(({ signal }) => signal.aborted)).toEqual([false, false, false]);
    runs.abortAll(new Error('closing'));
    expect(all.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  });

  it('fires every signal on abortAll, also of a run that starts after it', () => {
    const runs = trackJobRuns(1_000, 'abort');
    const before = runs.start('before');
    runs.abortAll(new Error('closing'));
    expect([before.signal.aborted, runs.start('after').signal.aborted]).toEqual([true, true]);
  });

  it('is idle once every run has ended', async () => {
    const runs = trackJobRuns(1_000, 'abort');
    const [one, two] = [runs.start('one'), runs.start('two')];
    const idle = runs.whenIdle().then(() => runs.count);
    one.end();
    expect(runs.count).toBe(1);
    two.end();
    expect(await idle).toBe(0);
  });
});
