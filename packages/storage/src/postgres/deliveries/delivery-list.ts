import type { LaneStore } from '../../stores/lanes.ts';
import type { Database } from '../database.ts';
import { DELIVERY_COLUMNS, toRecord, type DeliveryRow } from './delivery-record.ts';
import { stateNumber } from './delivery-states.ts';
import { storageError } from '../storage-error.ts';

/**
 * Newest first; the page is taken before its conversations are looked up. By guid the lanes of the conversation lead the
 * way, since deliveries are not indexed by it alone.
 */
const LIST = `select ${DELIVERY_COLUMNS}
from (
  select * from deliveries d where d.tenant_id = $1 and ($2::text is null or d.endpoint_id = $2) and ($3::smallint is null or d.state = $3)
  and ($4::bigint is null or d.delivery_id < $4)`;

const OF_GUID = ` and (d.endpoint_id, d.conversation_id) in (
  select l.endpoint_id, l.conversation_id from lanes l join conversations of_guid using (tenant_id, conversation_id)
  where l.tenant_id = $1 and of_guid.external_id = $6)`;

const CONVERSATION_OF_EACH = ` order by d.delivery_id desc limit $5
) d cross join lateral (
  select external_id from conversations where tenant_id = d.tenant_id and conversation_id = d.conversation_id limit 1
) c
order by d.delivery_id desc`;

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
    LIST + (guid === undefined ? '' : OF_GUID) + CONVERSATION_OF_EACH,
    guid === undefined ? values : [...values, guid],
  );
  const items = rows.slice(0, limit).map(toRecord);
  return { items, nextCursor: rows.length > limit ? items.at(-1)?.deliveryId : undefined };
}
