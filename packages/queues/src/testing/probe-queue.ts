import type { ConnectQueuesOptions } from '../lib/connect-queues.ts';
import type { QueueContract } from '../lib/contract-types.ts';
import { parsePayload } from '../lib/parse-payload.ts';

export interface ProbeJob {
  readonly id: string;
  readonly note: string;
}

export interface ProbeOptions {
  readonly connect: ConnectQueuesOptions;
  readonly queueName: string;
}

/** How long a dead worker goes unnoticed, for a test that waits for that. */
export const SHORT_LOCK_MS = 1_500;

/** A queue whose locks outlast any pause of a busy machine; one with short locks is asked for. */
export function probeQueue(
  name: string,
  overrides: Partial<QueueContract<ProbeJob>>,
): QueueContract<ProbeJob> {
  return {
    name,
    deduplicationId: ({ id }) => `probe-${id}`,
    onDuplicate: 'ignore',
    attemptsMax: 1,
    lockDurationMs: 60_000,
    stalledIntervalMs: 500,
    onLockLost: 'abort',
    stalledCountMax: 1_000,
    keepFailed: { ageSeconds: 600, count: 10 },
    parse: (data) => parsePayload(data, ['id', 'note']),
    ...overrides,
  };
}

/** Reads what the contract suite passed to its child process. */
export function readProbeOptions(text: string): ProbeOptions {
  const options: ProbeOptions = JSON.parse(text);
  return options;
}
