import type { DeliveryRecord } from '../../stores/lanes.ts';
import { stateName } from './delivery-states.ts';

/** Of `deliveries d` and its conversation `c`, as `DeliveryRow` names them. */
export const DELIVERY_COLUMNS = `d.delivery_id::text as "deliveryId", d.endpoint_id as "endpointId",
  c.external_id as guid, d.sequence, d.message_id as "messageId", d.state, d.attempts, d.last_status as "lastStatus",
  d.last_error as "lastError", d.created_at as "createdAt", d.delivered_at as "deliveredAt"`;

export interface DeliveryRow {
  deliveryId: string;
  endpointId: string;
  guid: string;
  sequence: number;
  messageId: string;
  state: number;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: number;
  deliveredAt: number | null;
}

export function toRecord(row: DeliveryRow): DeliveryRecord {
  const { state, lastStatus, lastError, createdAt, deliveredAt, ...rest } = row;
  return {
    ...rest,
    state: stateName(state),
    lastStatus: lastStatus ?? undefined,
    lastError: lastError ?? undefined,
    createdAtMs: createdAt,
    deliveredAtMs: deliveredAt ?? undefined,
  };
}
