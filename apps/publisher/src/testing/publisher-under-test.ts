import { createEgressPolicy } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import type { DeliveryRecord, Storage } from '@earshot/storage';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createDeliveryMetrics } from '../delivery-metrics.ts';
import { createLaneDelivery, type LaneDeliveryOptions } from '../lane-delivery.ts';
import { sweepLanes } from '../sweeper.ts';
import { createMemoryLaneQueue } from './memory-lane-queue.ts';

export type PublisherSettings = Partial<
  Pick<
    LaneDeliveryOptions,
    | 'lingerMs'
    | 'holdMs'
    | 'inFlightMax'
    | 'egress'
    | 'resolve'
    | 'openSecret'
    | 'clock'
    | 'finalStarts'
    | 'events'
    | 'random'
  >
>;

/** One publisher process over a real store, with its lane jobs in memory. Loopback targets are allowed. */
export async function publisherUnderTest(storage: Storage, settings: PublisherSettings = {}) {
  const lines: string[] = [];
  const logger = createLogger({ app: 'publisher', level: 'debug', write: (line) => void lines.push(line) });
  const metrics = createDeliveryMetrics(createMetrics('publisher'));
  const { clock = systemClock } = settings;
  const delivery = await createLaneDelivery({
    storage,
    openSecret: async (_tenantId, _recordId, sealed) => Buffer.from(sealed).toString(),
    egress: createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] }),
    inFlightMax: 16,
    lingerMs: 50,
    ...settings,
    metrics,
    clock,
    logger,
  });
  const queue = createMemoryLaneQueue(delivery.handler);
  return {
    queue,
    lines,
    /** What the sweeper does at each interval, however young the messages. */
    sweep: () =>
      sweepLanes({
        lanes: storage.lanes,
        laneJobs: queue,
        metrics,
        clock,
        logger,
        everyMs: 1,
        pendingForMs: -1000,
      }),
    async close() {
      await queue.close();
      await delivery.close();
    },
  };
}

/** Every delivery of a tenant, oldest first. */
export async function allDeliveries(storage: Storage, tenantId: string): Promise<readonly DeliveryRecord[]> {
  const items: DeliveryRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await storage.lanes.listDeliveries({
      tenantId,
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.unshift(...page.items.toReversed());
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}
