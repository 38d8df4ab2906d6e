import { randomUUID } from 'node:crypto';
import type { EgressPolicy } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { LiveBus } from '@earshot/queues';
import type { Storage } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { createEndpointDirectory } from '../endpoint-directory.ts';
import type { EndpointEntryOptions } from '../endpoint-entry.ts';
import { VERSION } from '../version.ts';
import { createCallApps } from './call-apps.ts';
import { createFinishedSpeech, speechOfTranscript } from './finished-speech.ts';
import { startPartialDelivery } from './partial-delivery.ts';
import type { PartialMetrics } from './partial-metrics.ts';
import { createPartialSender } from './partial-sender.ts';

export interface OpenPartialDeliveryOptions {
  readonly storage: Pick<Storage, 'endpoints' | 'partialsClaims' | 'calls'>;
  readonly bus: Pick<LiveBus, 'watch'>;
  readonly openSecret: EndpointEntryOptions['openSecret'];
  readonly egress: EgressPolicy;
  /** POSTs of partials to one endpoint under way at once. */
  readonly inFlightMax: number;
  readonly metrics: PartialMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface OpenPartialDelivery {
  /** See `PartialDelivery.refresh`. */
  refresh(): Promise<void>;
  /** A transcript with this body is about to be sent: no partial of its speech is from then on. */
  finalStarts(body: string): void;
  close(): Promise<void>;
}

/** Puts the parts together; endpoints are judged, authenticated and limited as for transcripts, on sockets of its own. */
export function openPartialDelivery(options: OpenPartialDeliveryOptions): OpenPartialDelivery {
  const { storage, bus, openSecret, egress, inFlightMax, metrics, clock, logger } = options;
  const { endpoints, partialsClaims: claims } = storage;
  const directory = createEndpointDirectory({
    endpoints,
    openSecret,
    egress,
    inFlightMax,
    ownLimitAbove: false,
    clock,
  });
  const finished = createFinishedSpeech((streamId, startMs) => sender.breakOff(streamId, startMs));
  const sender = createPartialSender({
    directory,
    finished,
    metrics,
    userAgent: `Earshot/${VERSION}`,
    clock,
    logger,
  });
  const delivery = startPartialDelivery({
    claims,
    bus,
    apps: createCallApps(storage.calls),
    sender,
    finished,
    holder: `publisher-${randomUUID()}`,
    clock,
    logger,
  });
  return {
    refresh: () => delivery.refresh(),
    finalStarts(body) {
      const speech = speechOfTranscript(body);
      if (speech !== undefined) finished.note(speech.streamId, speech.startMs);
    },
    async close() {
      await delivery.close();
      await directory.close();
    },
  };
}
