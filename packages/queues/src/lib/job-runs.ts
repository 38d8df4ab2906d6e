export interface JobRun {
  readonly signal: AbortSignal;
  end(): void;
}

interface OpenRun {
  readonly controller: AbortController;
  readonly lockTimer: NodeJS.Timeout;
}

export interface JobRuns {
  readonly count: number;
  start(jobId: string): JobRun;
  /** The locks of these jobs were confirmed just now. */
  renewed(jobIds: readonly string[]): void;
  /** Somebody else may hold these jobs. */
  lost(jobIds: readonly string[]): void;
  /** Fires every signal, also those of runs that start later. */
  abortAll(reason: Error): void;
  /** Resolves when no run is open. */
  whenIdle(): Promise<void>;
}

/**
 * The jobs a worker runs now and the signal of each. A signal fires when the lock was refused, and also when nothing
 * confirmed it for `lockDurationMs`: while the backend is out of reach of this process only, another worker may
 * already run the job. Under `go-on` only `abortAll` fires signals.
 */
export function trackJobRuns(lockDurationMs: number, onLockLost: 'abort' | 'go-on'): JobRuns {
  const latest = new Map<string, OpenRun>();
  const open = new Set<OpenRun>();
  const idleWaiters = new Set<() => void>();
  let stopReason: Error | undefined;

  const lockLost = (run: OpenRun) => {
    if (onLockLost === 'abort') run.controller.abort(new Error('Cannot go on with job: its lock is lost'));
  };

  return {
    get count() {
      return open.size;
    },
    start(jobId) {
      // The queue gives a job twice only after its first lock was lost.
      const earlier = latest.get(jobId);
      if (earlier !== undefined) lockLost(earlier);
      const controller = new AbortController();
      const run: OpenRun = { controller, lockTimer: setTimeout(() => lockLost(run), lockDurationMs) };
      run.lockTimer.unref();
      latest.set(jobId, run);
      open.add(run);
      if (stopReason !== undefined) controller.abort(stopReason);
      return {
        signal: controller.signal,
        end() {
          clearTimeout(run.lockTimer);
          if (latest.get(jobId) === run) latest.delete(jobId);
          open.delete(run);
          if (open.size > 0) return;
          for (const wake of idleWaiters) wake();
          idleWaiters.clear();
        },
      };
    },
    renewed(jobIds) {
      for (const jobId of jobIds) latest.get(jobId)?.lockTimer.refresh();
    },
    lost(jobIds) {
      for (const jobId of jobIds) {
        const run = latest.get(jobId);
        if (run !== undefined) lockLost(run);
      }
    },
    abortAll(reason) {
      stopReason = reason;
      for (const run of open) run.controller.abort(reason);
    },
    whenIdle: () =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.add(resolve)),
  };
}
