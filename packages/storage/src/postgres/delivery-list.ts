import type { DeliveryRecord, LaneStore } from '../stores/lanes.ts';
import type { Database } from './database.ts';
import { stateName, stateNumber } from './delivery-states.ts';
import { storageError } from './storage-error.ts';

/** Newest first. By guid the lanes of the conversation lead the way, since deliveries are not indexed by it alone. */
const LIST = `select d.delivery_id::text as "deliveryId", d.endpoint_id as "endpointId", c.external_id as guid,
  d.sequence, d.message_id as "messageId", d.state, d.attempts, d.last_status as "lastStatus",
  d.last_error as "lastError", d.created_at as "createdAt", d.delivered_at as "deliveredAt"
from deliveries d join conversations c using (tenant_id, conversation_id)
where d.tenant_id = $1 and ($2::text is null or d.endpoint_id = $2) and ($3::smallint is null or d.state = $3)
  and ($4::bigint is null or d.delivery_id < $4)`;

const OF_GUID = ` and (d.endpoint_id, d.conversation_id) in (
  select l.endpoint_id, l.conversation_id from lanes l join conversations of_guid using (tenant_id, conversation_id)
  where l.tenant_id = $1 and of_guid.external_id = $6)`;

const ORDER = ' order by d.delivery_id desc limit $5';

interface DeliveryRow {
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

export async function listDeliveries(
  database: Database,
  input: Parameters<LaneStore['listDeliveries']>[0],
): ReturnType<LaneStore['listDeliveries']> {
  const { tenantId, endpointId, guid, state, cursor, limit } = input;
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
    throw storageError('storage.cursor-invalid', 'Cannot list deliveries: the cursor is not one of ours');
  }
  const values = [
    tenantId,
    endpointId ?? null,
    state === undefined ? null : stateNumber(state),
    cursor ?? null,
    limit + 1,
  ];
  const rows = await database.run<DeliveryRow>(
    'list deliveries',
    LIST + (guid === undefined ? '' : OF_GUID) + ORDER,
    guid === undefined ? values : [...values, guid],
  );
  const items = rows.slice(0, limit).map(toRecord);
  return { items, nextCursor: rows.length > limit ? items.at(-1)?.deliveryId : undefined };
}

function toRecord(row: DeliveryRow): DeliveryRecord {
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
