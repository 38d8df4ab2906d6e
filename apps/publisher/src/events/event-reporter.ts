import type { OperationalEventData } from '@earshot/api';
import type { Endpoint, OperationalEventStore, OperationalEventType } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { describeFailure } from '../describe-failure.ts';
import { deriveEventId } from './derive-event-id.ts';

/**
 * Told of what an endpoint's owner should know. Nothing rejects: delivery goes on when an event cannot be stored, which
 * is logged. The same fact told twice, also by two processes, is one event.
 */
export interface EventReporter {
  endpointDisabled(fact: EndpointDisabled): Promise<void>;
  circuitOpened(fact: CircuitOpened): Promise<void>;
  circuitClosed(fact: CircuitClosed): Promise<void>;
  /** At most one event a minute per endpoint. */
  deadLetter(fact: DeadLetter): Promise<void>;
}

export interface EndpointDisabled {
  readonly endpoint: Endpoint;
  readonly reason: string;
  readonly atMs: number;
}

export interface CircuitOpened {
  readonly endpoint: Endpoint;
  readonly openedAtMs: number;
  readonly nextProbeAtMs: number;
}

export interface CircuitClosed {
  readonly endpoint: Endpoint;
  /** When it had opened. */
  readonly openedAtMs: number;
  readonly atMs: number;
}

export interface DeadLetter {
  readonly endpoint: Endpoint;
  readonly deliveryId: string;
  readonly attempts: number;
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  readonly atMs: number;
}

export interface EventReporterDeps {
  readonly events: Pick<OperationalEventStore, 'add'>;
  readonly logger: Logger;
}

export const SILENT_REPORTER: EventReporter = {
  endpointDisabled: async () => undefined,
  circuitOpened: async () => undefined,
  circuitClosed: async () => undefined,
  deadLetter: async () => undefined,
};

const DEAD_LETTER_EVERY_MS = 60_000;

export function createEventReporter(deps: EventReporterDeps): EventReporter {
  return {
    endpointDisabled: ({ endpoint, reason, atMs }) =>
      report(deps, endpoint, 'endpoint.disabled', atMs, atMs, { reason }),
    circuitOpened: ({ endpoint, openedAtMs, nextProbeAtMs }) =>
      report(deps, endpoint, 'endpoint.circuit-opened', openedAtMs, openedAtMs, {
        openedAt: iso(openedAtMs),
        nextProbeAt: iso(nextProbeAtMs),
      }),
    circuitClosed: ({ endpoint, openedAtMs, atMs }) =>
      report(deps, endpoint, 'endpoint.circuit-closed', openedAtMs, atMs, { openedAt: iso(openedAtMs) }),
    deadLetter: ({ endpoint, deliveryId, attempts, status, errorCode, atMs }) =>
      report(deps, endpoint, 'delivery.dead', Math.floor(atMs / DEAD_LETTER_EVERY_MS), atMs, {
        deliveryId,
        attempts,
        ...(status === undefined ? {} : { lastStatus: status }),
        ...(errorCode === undefined ? {} : { lastError: describeFailure(errorCode, status) }),
      }),
  };
}

/** `occasion` tells this event from the next of its type at the endpoint. */
async function report(
  { events, logger }: EventReporterDeps,
  { tenantId, appId, endpointId, name }: Endpoint,
  type: OperationalEventType,
  occasion: number,
  occurredAtMs: number,
  facts: Omit<OperationalEventData, 'endpointId' | 'name'>,
): Promise<void> {
  const eventId = deriveEventId(type, endpointId, occasion);
  const data: OperationalEventData = { endpointId, name, ...facts };
  try {
    const isNew = await events.add({ tenantId, appId, eventId, type, endpointId, data, occurredAtMs });
    if (isNew) logger.info('endpoint.event', { endpointId, eventId, type });
  } catch (error) {
    logger.warn('endpoint.event-not-stored', { endpointId, eventId, type, error });
  }
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
