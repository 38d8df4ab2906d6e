import { describe } from 'vitest';
import { itJoinsAddsOfOneId } from './contract/added-again.ts';
import { itOutlivesItsConnections } from './contract/broken-connections.ts';
import { itTriesFailedJobsAgain } from './contract/failed-jobs.ts';
import { itPassesJobs } from './contract/passing-jobs.ts';
import { useQueueBackend, type QueueBackendUnderTest } from './contract/queue-under-test.ts';
import { itHandsJobsOver } from './contract/take-over.ts';

export { describeLiveBus, type LiveBusUnderTest } from './contract/describe-live-bus.ts';
export { type QueueBackendUnderTest } from './contract/queue-under-test.ts';

/** What both backends promise; run it against each. */
export function describeQueueBackend(name: string, open: () => Promise<QueueBackendUnderTest>): void {
  describe(`${name} keeps the queue contract`, () => {
    const backend = useQueueBackend(open);
    itPassesJobs(backend);
    itJoinsAddsOfOneId(backend);
    itTriesFailedJobsAgain(backend);
    itHandsJobsOver(backend);
    itOutlivesItsConnections(backend);
  });
}
