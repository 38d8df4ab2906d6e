import { randomUUID } from 'node:crypto';
import type { EgressPolicy } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { JobHandler, LaneJob } from '@earshot/queues';
import type { Storage } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { watchBacklog } from './backlog-watch.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { DeliveryMetrics } from './delivery-metrics.ts';
import { createEndpointDirectory } from './endpoint-directory.ts';
import type { EndpointEntryOptions } from './endpoint-entry.ts';
import { SILENT_REPORTER, type EventReporter } from './events/event-reporter.ts';
import { createExcessTrimmer } from './excess-trimmer.ts';
import { takeLaneHold } from './lane-hold.ts';
import { groupReads, groupResults } from './lane-statements.ts';
import { listenForLaneWakes } from './lane-wakes.ts';
import { createLaneHandler } from './lane-worker.ts';
import { VERSION } from './version.ts';

export interface LaneDeliveryOptions {
  readonly storage: Pick<Storage, 'lanes' | 'endpoints' | 'circuits' | 'notifications'>;
  readonly openSecret: EndpointEntryOptions['openSecret'];
  readonly egress: EgressPolicy;
  /** How the names of targets become addresses. Default: the system's resolver. */
  readonly resolve?: EndpointEntryOptions['resolve'];
  readonly inFlightMax: number;
  readonly lingerMs: number;
  /** See `DeliverLaneDeps`. Default: nobody is told. */
  readonly finalStarts?: (body: string) => void;
  /** How long a lane stays with a process that died. Default 6000 ms. */
  readonly holdMs?: number;
  /** Told of dead letters, circuits and disabled endpoints. Default: nobody is told. */
  readonly events?: EventReporter;
  /** In [0, 1), for the jitter of retries. Default `Math.random`. */
  readonly random?: () => number;
  readonly metrics: DeliveryMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface LaneDelivery {
  readonly handler: JobHandler<LaneJob>;
  /** After every handler has ended. */
  close(): Promise<void>;
}

const HOLD_MS = 6000;
const TRIM_EVERY_MS = 1000;
const BACKLOG_EVERY_MS = 10_000;

/** Puts the parts of one publisher process together. */
export async function createLaneDelivery(options: LaneDeliveryOptions): Promise<LaneDelivery> {
  const { storage, metrics, clock, logger, holdMs = HOLD_MS, events = SILENT_REPORTER } = options;
  const { lanes, endpoints, circuits } = storage;
  const holder = `publisher-${randomUUID()}`;
  const wakes = await listenForLaneWakes(storage.notifications);
  const { openSecret, egress, resolve, inFlightMax } = options;
  const directory = createEndpointDirectory({ endpoints, openSecret, egress, resolve, inFlightMax, clock });
  const trimmer = createExcessTrimmer({
    lanes,
    clock,
    intervalMs: TRIM_EVERY_MS,
    onDropped({ endpointId }, droppedCount) {
      metrics.trimmed(droppedCount);
      logger.warn('endpoint.messages-dropped', { endpointId, droppedCount });
    },
  });
  const hold = { lanes, holder, holdMs, renewEveryMs: holdMs / 3, clock, logger };
  const handler = createLaneHandler({
    takeHold: (lane) => takeLaneHold(hold, lane),
    wakes,
    fetchPending: groupReads(lanes),
    recordResult: groupResults(lanes, holder),
    directory,
    endpoints,
    circuits: createCircuitBreaker({ circuits, lanes, events, clock, logger }),
    events,
    openSealed: openSecret,
    trimmer,
    finalStarts: options.finalStarts ?? (() => undefined),
    metrics,
    userAgent: `Earshot/${VERSION}`,
    lingerMs: options.lingerMs,
    random: options.random ?? Math.random,
    clock,
    logger,
  });
  const stopWatching = watchBacklog({ lanes, circuits, metrics, clock, logger, everyMs: BACKLOG_EVERY_MS });
  return {
    handler,
    async close() {
      await stopWatching();
      await wakes.close();
      await directory.close();
    },
  };
}
