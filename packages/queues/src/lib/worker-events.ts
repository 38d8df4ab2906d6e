import type { WorkerEvents } from './queue-link.ts';

interface EventSource {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'locksRenewed', listener: (renewed: { jobIds: string[] }) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
}

/** Passes on what BullMQ's worker says about its locks and failures. */
export function forwardEvents(worker: EventSource, events: WorkerEvents): void {
  worker.on('error', (error) => events.onError(error));
  worker.on('locksRenewed', ({ jobIds }) => events.onLocksRenewed(jobIds));
  worker.on('lockRenewalFailed', (jobIds) => events.onLocksLost(jobIds));
}
