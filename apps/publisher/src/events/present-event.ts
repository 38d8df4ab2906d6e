import type { OperationalEvent as PresentedEvent, OperationalEventData } from '@earshot/api';
import type { OperationalEvent } from '@earshot/storage';

/** An event as it is listed and as it is sent. */
export function presentEvent(event: OperationalEvent): PresentedEvent {
  return {
    id: event.eventId,
    type: event.type,
    timestamp: new Date(event.occurredAtMs).toISOString(),
    data: asEventData(event.data),
  };
}

/** Only the publisher writes events, and only with data of this type. */
function asEventData(data: Readonly<Record<string, unknown>>): OperationalEventData {
  return data as unknown as OperationalEventData;
}
