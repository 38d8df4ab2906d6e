import type { RecordingStore } from '@earshot/storage';
import { CLAIM_MS, clearParts, finishRecording, type FinishRecordingDeps } from './finish-recording.ts';

const INTERVAL_MS = 5000;
/** A worker that ends a call closes its recording at once: one that did not is gone. */
const UNCLOSED_MS = 120_000;
const LEFT_OVER_MAX = 20;

export interface FinisherDeps extends FinishRecordingDeps {
  readonly recordings: FinishRecordingDeps['recordings'] &
    Pick<RecordingStore, 'claimUnfinished' | 'listLeftOver'>;
}

export interface Finisher {
  /** A recording may be due. */
  wake(): void;
  /** Waits for what runs, which is another one's to finish then. */
  close(): Promise<void>;
}

/** Finishes recordings one after the other, now, at intervals and when woken. */
export function startFinisher(deps: FinisherDeps): Finisher {
  const closing = new AbortController();
  const { signal } = closing;
  let running = finishDue(deps, signal);
  let isQueued = false;
  const wake = (): void => {
    if (isQueued) return;
    isQueued = true;
    running = running.then(() => {
      isQueued = false;
      return finishDue(deps, signal);
    });
  };
  const timer = setInterval(wake, INTERVAL_MS);
  return {
    wake,
    async close() {
      clearInterval(timer);
      closing.abort();
      await running;
    },
  };
}

async function finishDue(deps: FinisherDeps, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted) {
      const claim = await deps.recordings.claimUnfinished({ leaseMs: CLAIM_MS, unclosedMs: UNCLOSED_MS });
      if (claim === undefined) break;
      await finishRecording(deps, claim, signal);
    }
    for (const recording of await deps.recordings.listLeftOver(LEFT_OVER_MAX)) {
      if (!signal.aborted) await clearParts(deps, recording);
    }
  } catch (error) {
    deps.logger.warn('recordings.finisher-failed', { error });
  }
}
