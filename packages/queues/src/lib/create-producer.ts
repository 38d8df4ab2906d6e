import { within } from '@earshot/domain';
import type { JobsOptions } from 'bullmq';
import type { Producer, QueueConnection, QueueContract } from './contract-types.ts';
import { queueError } from './queue-error.ts';
import { linkOf, type LinkQueue } from './queue-link.ts';

export interface ProducerOptions {
  /** Limit of one `add` (500 ms by default): an unreachable Redis leaves it open for ever otherwise. */
  readonly timeoutMs?: number;
  /** Adds that may be open at once (10 000 by default), also those given up on; above it `add` rejects at once. */
  readonly addsInFlightMax?: number;
}

const RETRY_DELAY_MS = 1_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** Puts jobs into a queue. The backend is first asked at the first `add`. */
export function createProducer<Payload>(
  connection: QueueConnection,
  contract: QueueContract<Payload>,
  { timeoutMs = 500, addsInFlightMax = 10_000 }: ProducerOptions = {},
): Producer<Payload> {
  const link = linkOf(connection);
  let opened: { readonly queue: LinkQueue; readonly ready: Promise<unknown> } | undefined;
  let addsInFlight = 0;

  async function readyQueue(): Promise<LinkQueue> {
    if (opened === undefined) {
      const queue = link.openQueue(contract.name);
      opened = { queue, ready: queue.waitUntilReady() };
    }
    const { queue, ready } = opened;
    try {
      await ready;
    } catch (error) {
      // It stays unready for ever, so the next add opens another. All adds on this one fail here with it.
      if (opened?.queue === queue) {
        opened = undefined;
        await closeQueue(queue);
      }
      throw error;
    }
    return queue;
  }

  async function addJob(payload: Payload): Promise<void> {
    addsInFlight += 1;
    try {
      const queue = await readyQueue();
      await queue.add(contract.name, payload, jobOptions(contract, payload));
    } finally {
      addsInFlight -= 1;
    }
  }

  return {
    async add(payload) {
      if (addsInFlight >= addsInFlightMax)
        throw queueError(
          'queues.unavailable',
          `Cannot add job to queue ${contract.name}: ${addsInFlight} adds in flight reach limit ${addsInFlightMax}`,
        );
      const limit = () => new Error(`No answer within ${timeoutMs} ms`);
      await within(addJob(payload), timeoutMs, limit).catch((error: unknown) => {
        throw queueError('queues.unavailable', `Cannot add job to queue ${contract.name}`, error);
      });
    },
    async close() {
      const last = opened;
      opened = undefined;
      if (last !== undefined) await closeQueue(last.queue);
    },
  };
}

/** A queue whose backend is away may not close; its connections end with the `QueueConnection`. */
async function closeQueue(queue: LinkQueue): Promise<void> {
  const limit = () => queueError('queues.unavailable', `Cannot close queue within ${CLOSE_TIMEOUT_MS} ms`);
  await Promise.allSettled([within(queue.close(), CLOSE_TIMEOUT_MS, limit)]);
}

function jobOptions<Payload>(contract: QueueContract<Payload>, payload: Payload): JobsOptions {
  return {
    deduplication: {
      id: contract.deduplicationId(payload),
      ...(contract.onDuplicate === 'run-after' ? { keepLastIfActive: true } : {}),
    },
    attempts: contract.attemptsMax,
    ...(contract.attemptsMax > 1 ? { backoff: { type: 'fixed', delay: RETRY_DELAY_MS } } : {}),
    removeOnComplete: true,
    removeOnFail: { age: contract.keepFailed.ageSeconds, count: contract.keepFailed.count },
    // What failed is told by a code; stack traces have no place in a queue.
    stackTraceLimit: 0,
  };
}
