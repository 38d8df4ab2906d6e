import { hashApiSecret } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import {
  connectQueues,
  createProducer,
  lanesQueue,
  openLiveBus,
  type QueueConnection,
} from '@earshot/queues';
import { createStorage } from '@earshot/storage';
import { createMetrics, type Logger } from '@earshot/telemetry';
import { createVault, readMasterKey } from '@earshot/vault';
import type { PublisherAppDeps } from './app.ts';
import type { PublisherConfig } from './config.ts';
import { createDeliveryMetrics } from './delivery-metrics.ts';
import { createEventWork, type EventWork } from './events/event-work.ts';
import { createLaneDelivery, type LaneDelivery } from './lane-delivery.ts';
import { openPartialDelivery, type OpenPartialDelivery } from './partials/open-partial-delivery.ts';
import { createPartialMetrics } from './partials/partial-metrics.ts';
import type { SweeperDeps } from './sweeper.ts';
import { VERSION } from './version.ts';

export interface OpenDeps {
  readonly app: PublisherAppDeps;
  readonly delivery: LaneDelivery;
  readonly partials: OpenPartialDelivery;
  readonly events: EventWork;
  readonly queues: QueueConnection;
  readonly sweeper: SweeperDeps;
  /** After worker, sweeper and server have ended. */
  close(): Promise<void>;
}

/** A message younger than this is left to its wake-up. */
const SWEPT_AFTER_MS = 2000;

/** Opens what the publisher stands on; rejects when the database cannot be listened to. */
export async function openDeps(config: PublisherConfig, logger: Logger): Promise<OpenDeps> {
  const masterKey = await readMasterKey(config.masterKey);
  const storage = createStorage({
    databaseUrl: config.databaseUrl,
    ...config.databaseLimits,
    onBackgroundError: (error) => logger.warn('storage.background-error', { error }),
  });
  const queues = await connectQueues({
    databaseUrl: config.databaseUrl,
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    onBackgroundError: (error) => logger.warn('queues.background-error', { error }),
  });
  const bus = await openLiveBus({
    databaseUrl: config.databaseUrl,
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    onBackgroundError: (error) => logger.warn('live-bus.background-error', { error }),
  });
  const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  const metrics = createMetrics('publisher');
  const deliveryMetrics = createDeliveryMetrics(metrics);
  const { inFlightMax, lingerMs, egress } = config;
  const clock = systemClock;
  const openSecret = async (tenantId: string, recordId: string, sealed: Uint8Array): Promise<string> =>
    Buffer.from(await vault.open(tenantId, recordId, sealed)).toString();
  const userAgent = `Earshot/${VERSION}`;
  const events = createEventWork({
    storage,
    openSecret,
    egress,
    userAgent,
    sendEveryMs: config.sweepEveryMs,
    clock,
    logger,
  });
  const partials = openPartialDelivery({
    storage,
    bus,
    openSecret,
    egress,
    inFlightMax: config.partialsInFlightMax,
    metrics: createPartialMetrics(metrics),
    clock,
    logger,
  });
  const delivery = await createLaneDelivery({
    storage,
    openSecret,
    egress,
    finalStarts: (body) => partials.finalStarts(body),
    inFlightMax,
    lingerMs,
    events: events.reporter,
    metrics: deliveryMetrics,
    clock,
    logger,
  });
  const laneJobs = createProducer(queues, lanesQueue);
  return {
    app: {
      logger,
      metrics,
      clock,
      keys: {
        findKey: (apiId) => storage.keys.find(apiId),
        noteUse: (apiId, usedAtMs) => storage.keys.touch(apiId, usedAtMs),
        hashSecret: (apiId, apiSecret) => hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret),
      },
      rateLimit: { requestsPerSecond: config.requestsPerSecond },
      async checkReady() {
        await Promise.all([storage.ping(), queues.ping()]);
      },
      lanes: storage.lanes,
      replays: storage.deliveryReplays,
      endpoints: storage.endpoints,
      events: storage.operationalEvents,
      waking: { laneJobs, notifications: storage.notifications },
      endpointTest: { endpoints: storage.endpoints, openSecret, egress, userAgent, clock },
    },
    delivery,
    partials,
    events,
    queues,
    sweeper: {
      lanes: storage.lanes,
      laneJobs,
      metrics: deliveryMetrics,
      clock,
      logger,
      everyMs: config.sweepEveryMs,
      pendingForMs: SWEPT_AFTER_MS,
    },
    async close() {
      await partials.close();
      await delivery.close();
      await bus.close();
      await laneJobs.close();
      await queues.close();
      await storage.close();
    },
  };
}
