import { describe, expect, it } from 'vitest';
import type { JobOutcome } from './contract-types.ts';
import { createJoinRuns } from './join-runs.ts';

describe('createJoinRuns', () => {
  it('handles a job once while it runs, for all who ask, and anew after that', async () => {
    const join = createJoinRuns();
    const gate = Promise.withResolvers<JobOutcome>();
    let handled = 0;
    const handle = (): Promise<JobOutcome> => {
      handled += 1;
      return gate.promise;
    };
    const both = Promise.all([join('a', handle), join('a', handle)]);
    gate.resolve({ type: 'hand-over' });
    expect(await both).toEqual([{ type: 'hand-over' }, { type: 'hand-over' }]);
    expect(handled).toBe(1);
    await join('a', handle);
    expect(handled).toBe(2);
  });

  it('handles other jobs beside it', async () => {
    const join = createJoinRuns();
    const handled: string[] = [];
    const handle = (id: string) => async (): Promise<JobOutcome> => {
      handled.push(id);
      return { type: 'done' };
    };
    await Promise.all([join('a', handle('a')), join('b', handle('b'))]);
    expect(handled).toEqual(['a', 'b']);
  });

  it('fails all who wait when the handling fails', async () => {
    const join = createJoinRuns();
    const fail = (): Promise<JobOutcome> => Promise.reject(new Error('broken'));
    const results = await Promise.allSettled([join('a', fail), join('a', fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
