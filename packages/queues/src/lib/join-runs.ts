import type { JobOutcome } from './contract-types.ts';

/** Handles a job, or waits for the handling of the same job that goes on here already and answers as it does. */
export type JoinRuns = (jobId: string, handle: () => Promise<JobOutcome>) => Promise<JobOutcome>;

/** For jobs whose lost lock does not end their run: the queue may give one again while it still runs here. */
export function createJoinRuns(): JoinRuns {
  const handled = new Map<string, Promise<JobOutcome>>();
  return async (jobId, handle) => {
    const running = handled.get(jobId);
    if (running !== undefined) return await running;
    const started = handle();
    handled.set(jobId, started);
    try {
      return await started;
    } finally {
      handled.delete(jobId);
    }
  };
}
