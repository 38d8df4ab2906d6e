import type { Storage } from '@earshot/storage';
import type { Clock } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import { createEndpointDirectory } from '../endpoint-directory.ts';
import type { EndpointEntryOptions } from '../endpoint-entry.ts';
import { startCertificateCheck } from './check-certificates.ts';
import { createEventReporter, type EventReporter } from './event-reporter.ts';
import { NOTICES_PER_PASS_MAX, startNoticeSender } from './send-notices.ts';

export interface EventWorkOptions extends Pick<EndpointEntryOptions, 'openSecret' | 'egress'> {
  readonly storage: Pick<Storage, 'endpoints' | 'operationalEvents'>;
  readonly userAgent: string;
  /** Between two looks for events to be sent. */
  readonly sendEveryMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** All that one publisher process does about operational events. */
export interface EventWork {
  readonly reporter: EventReporter;
  /** Begins to send events and to check certificates; the answer ends both. */
  start(): () => Promise<void>;
}

export function createEventWork(options: EventWorkOptions): EventWork {
  const { storage, openSecret, egress, userAgent, sendEveryMs, clock, logger } = options;
  const { endpoints, operationalEvents: events } = storage;
  return {
    reporter: createEventReporter({ events, logger }),
    start() {
      const inFlightMax = NOTICES_PER_PASS_MAX;
      const directory = createEndpointDirectory({ endpoints, openSecret, egress, inFlightMax, clock });
      const stopSender = startNoticeSender({ events, directory, userAgent, clock, logger }, sendEveryMs);
      const stopCheck = startCertificateCheck({ events, endpoints, clock, logger });
      return async () => {
        await Promise.all([stopSender(), stopCheck()]);
        await directory.close();
      };
    },
  };
}
