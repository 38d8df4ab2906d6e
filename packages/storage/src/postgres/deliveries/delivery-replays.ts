import type { DeliveryReplays, ReplayBatchInput, ReplayedBatch } from '../../stores/delivery-replays.ts';
import type { LaneKey } from '../../stores/calls.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { readDelivery } from './delivery-read.ts';
import { stateNumber } from './delivery-states.ts';

const DELIVERY_ID = /^\d{1,18}$/;

/** What is taken up begins its schedule anew; the attempts made stay counted and listed. */
const TAKEN_UP = `state = 0, next_attempt_at = null, settled_at = null, replayed_at = $2,
  attempts_before = case when d.state = 0 then d.attempts_before else d.attempts end`;

/** The sweeper must not pass over a lane that was put off. */
const WAKE = `update lanes l set next_attempt_at = null from taken
  where l.tenant_id = taken.tenant_id and l.endpoint_id = taken.endpoint_id
    and l.conversation_id = taken.conversation_id and l.next_attempt_at is not null`;

const RETRY = `with asked as (
  select d.delivery_id, d.state, e.enabled from deliveries d join endpoints e using (tenant_id, endpoint_id)
  where d.tenant_id = $1 and d.delivery_id = $3
  for no key update of d
), taken as (
  update deliveries d set ${TAKEN_UP} from asked
  where d.tenant_id = $1 and d.delivery_id = asked.delivery_id and asked.state <> 1 and asked.enabled
  returning d.tenant_id, d.endpoint_id, d.conversation_id
), woken as (${WAKE})
select asked.state, asked.enabled, taken.endpoint_id as "endpointId", taken.conversation_id as "conversationId"
from asked left join taken on true`;

/** Locked in the order of their ids, as whoever records results does. */
const REPLAY = `with chosen as (
  select d.delivery_id from deliveries d
  where d.tenant_id = $1 and d.endpoint_id = $3 and d.state in (2, 3, 4) and d.state = any($4::smallint[])
    and ($5::bigint is null or d.delivery_id > $5)
    and ($6::timestamptz is null or d.created_at >= $6) and ($7::timestamptz is null or d.created_at < $7)
    and ($8::text is null or d.conversation_id in (
      select conversation_id from conversations where tenant_id = $1 and external_id = $8))
  order by d.delivery_id limit $9
  for no key update
), taken as (
  update deliveries d set ${TAKEN_UP} from chosen where d.tenant_id = $1 and d.delivery_id = chosen.delivery_id
  returning d.delivery_id, d.tenant_id, d.endpoint_id, d.conversation_id
), woken as (${WAKE})
select delivery_id::text as "deliveryId", conversation_id as "conversationId" from taken order by taken.delivery_id`;

export function createDeliveryReplays(database: Database): DeliveryReplays {
  return {
    async get(tenantId, deliveryId) {
      return DELIVERY_ID.test(deliveryId) ? await readDelivery(database, tenantId, deliveryId) : undefined;
    },
    async retry({ tenantId, deliveryId, atMs }) {
      if (!DELIVERY_ID.test(deliveryId)) return { type: 'unknown' };
      const [row] = await database.run<RetriedRow>('retry a delivery', RETRY, [
        tenantId,
        instant(atMs),
        deliveryId,
      ]);
      if (row === undefined) return { type: 'unknown' };
      if (row.state === stateNumber('delivered')) return { type: 'delivered' };
      const { endpointId, conversationId } = row;
      if (endpointId === null || conversationId === null) return { type: 'endpoint-disabled' };
      return { type: 'queued', lane: { tenantId, endpointId, conversationId } };
    },
    replayBatch: (input) => replayBatch(database, input),
  };
}

interface RetriedRow {
  state: number;
  enabled: boolean;
  endpointId: string | null;
  conversationId: string | null;
}

async function replayBatch(database: Database, input: ReplayBatchInput): Promise<ReplayedBatch> {
  const { tenantId, endpointId } = input;
  const rows = await database.run<{ deliveryId: string; conversationId: string }>(
    'replay deliveries',
    REPLAY,
    [
      tenantId,
      instant(input.atMs),
      endpointId,
      input.states.map(stateNumber),
      input.afterDeliveryId ?? null,
      instant(input.fromMs),
      instant(input.toMs),
      input.guid ?? null,
      input.limit,
    ],
  );
  const conversationIds = new Set(rows.map(({ conversationId }) => conversationId));
  const lanes: LaneKey[] = [...conversationIds].map((conversationId) => ({
    tenantId,
    endpointId,
    conversationId,
  }));
  return { count: rows.length, lastDeliveryId: rows.at(-1)?.deliveryId, lanes };
}
