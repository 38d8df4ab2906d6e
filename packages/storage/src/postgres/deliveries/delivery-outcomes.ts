import type { Delivery, DeliveryResult, LaneStore } from '../../stores/lanes.ts';
import type { WebhookBody } from '../../stores/raw-text.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { stateNumber } from './delivery-states.ts';
import { hidden } from '../hidden-lengths.ts';

const DETAIL_CHARS_MAX = 500;
const BACKLOG_COUNT_MAX = 100_000;

type DeliveryOutcomes = Pick<LaneStore, 'fetchPending' | 'recordResults' | 'dropExcess' | 'readBacklog'>;

export function createDeliveryOutcomes(database: Database): DeliveryOutcomes {
  return {
    async fetchPending(lanes, limitPerLane) {
      if (lanes.length === 0) return [];
      const rows = await database.run<PendingRow>('fetch pending deliveries', PENDING, [
        lanes.map(({ lane }) => lane.tenantId),
        lanes.map(({ lane }) => lane.endpointId),
        lanes.map(({ lane }) => lane.conversationId),
        lanes.map(({ afterSequence }) => afterSequence),
        limitPerLane,
      ]);
      return rows.map(toDelivery);
    },
    async recordResults(holder, results) {
      if (results.length === 0) return [];
      const rows = await database.run<{ id: string }>('record delivery results', RECORD, [
        holder,
        ...resultColumns(results),
      ]);
      return rows.map((row) => row.id);
    },
    async dropExcess({ tenantId, endpointId, pendingMax, createdBeforeMs, atMs }) {
      const dropped = await database.run('drop excess deliveries', DROP_EXCESS, [
        tenantId,
        endpointId,
        pendingMax,
        instant(createdBeforeMs),
        instant(atMs),
        stateNumber('dropped'),
      ]);
      return dropped.length;
    },
    async readBacklog() {
      const [row] = await database.run<{ count: number; oldest: number | null }>(
        'read the backlog',
        BACKLOG,
        [BACKLOG_COUNT_MAX],
      );
      return { pendingCount: row?.count ?? 0, oldestPendingAtMs: row?.oldest ?? undefined };
    },
  };
}

/**
 * `state < 1` and not `state = 0`, so that rows are found by the primary key. Statistics made while little is pending
 * make all partial indexes look alike, and the one that reads all that waits for an endpoint may be taken.
 */
const PENDING = {
  name: 'fetch-pending',
  text: `select d.delivery_id::text as "deliveryId", d.tenant_id as "tenantId", d.endpoint_id as "endpointId",
  d.conversation_id as "conversationId", d.sequence, d.message_id as "messageId", d.webhook_id as "webhookId",
  d.body, d.body_sealed as sealed, d.attempts, d.attempts_before as "attemptsBefore",
  d.replayed_at is not null as replayed, d.next_attempt_at as "nextAttemptAt", d.created_at as "createdAt"
from unnest(${hidden('$1::text[]', '$2::text[]', '$3::text[]', '$4::integer[]')}) with ordinality
  as lane (tenant_id, endpoint_id, conversation_id, after_sequence, place)
cross join lateral (
  select * from deliveries x where x.tenant_id = lane.tenant_id and x.endpoint_id = lane.endpoint_id
    and x.conversation_id = lane.conversation_id and x.sequence > lane.after_sequence and x.state < 1
  order by x.sequence limit $5
) d
order by lane.place, d.sequence`,
};

interface PendingRow {
  deliveryId: string;
  tenantId: string;
  endpointId: string;
  conversationId: string;
  sequence: number;
  messageId: string;
  webhookId: string;
  body: string | null;
  sealed: Uint8Array | null;
  attempts: number;
  attemptsBefore: number;
  replayed: boolean;
  nextAttemptAt: number | null;
  createdAt: number;
}

function toDelivery(row: PendingRow): Delivery {
  const { tenantId, endpointId, conversationId, createdAt, nextAttemptAt, body, sealed, ...rest } = row;
  return {
    ...rest,
    lane: { tenantId, endpointId, conversationId },
    body: toBody(row.deliveryId, body, sealed),
    nextAttemptAtMs: nextAttemptAt ?? undefined,
    createdAtMs: createdAt,
  };
}

function toBody(deliveryId: string, body: string | null, sealed: Uint8Array | null): WebhookBody {
  if (body !== null) return body;
  if (sealed !== null) return { sealed };
  throw new Error(`Cannot read delivery ${deliveryId}: it has no body`);
}

/**
 * Rows are locked in the order of their ids, so that two groups that share rows cannot wait for each other. Each
 * result looks up its own row and lane: joined, they would be found by reading the whole table whenever the plan was
 * made while it was small.
 */
const RECORD = {
  name: 'record-results',
  text: `with result as (
  select * from unnest(${hidden(
    '$2::bigint[]',
    '$3::smallint[]',
    '$4::boolean[]',
    '$5::integer[]',
    '$6::text[]',
    '$7::text[]',
    '$8::integer[]',
    '$9::timestamptz[]',
    '$10::timestamptz[]',
    '$11::text[]',
  )})
  as given (delivery_id, state, attempted, status, error_code, detail, duration_ms, at, next_attempt_at, preview)
  order by delivery_id
), mine as (
  select d.delivery_id from result cross join lateral (
    select * from deliveries x where x.delivery_id = result.delivery_id
      and (x.state = 0 or (x.state = 2 and x.attempts = 0 and result.attempted))
    limit 1 for no key update
  ) d
  where (select l.held_by from lanes l where l.tenant_id = d.tenant_id and l.endpoint_id = d.endpoint_id
    and l.conversation_id = d.conversation_id) = $1
), recorded as (
  update deliveries d set state = result.state, attempts = d.attempts + result.attempted::integer,
    last_status = coalesce(result.status, d.last_status), last_error = result.error_code,
    next_attempt_at = result.next_attempt_at, delivered_at = case when result.state = 1 then result.at end,
    settled_at = case when result.state <> 0 then result.at end
  from mine join result using (delivery_id) where d.delivery_id = mine.delivery_id
  returning d.tenant_id, d.delivery_id, d.attempts
), attempt as (
  insert into attempts
    (tenant_id, delivery_id, attempt, attempted_at, duration_ms, status, error_code, detail, response_preview)
  select recorded.tenant_id, delivery_id, recorded.attempts, result.at, result.duration_ms, result.status,
    result.error_code, result.detail, result.preview
  from recorded join result using (delivery_id) where result.attempted
)
select delivery_id::text as id from recorded order by delivery_id`,
};

function resultColumns(results: readonly DeliveryResult[]): unknown[] {
  return [
    results.map((result) => result.deliveryId),
    results.map((result) => stateNumber(result.state === 'retry' ? 'pending' : result.state)),
    results.map((result) => result.attempted),
    results.map((result) => result.status ?? null),
    results.map((result) => result.errorCode ?? null),
    results.map((result) => result.detail?.slice(0, DETAIL_CHARS_MAX) ?? null),
    results.map((result) => Math.round(result.durationMs)),
    results.map((result) => instant(result.atMs)),
    results.map((result) => instant(result.nextAttemptAtMs)),
    results.map((result) => result.responsePreview?.slice(0, DETAIL_CHARS_MAX) ?? null),
  ];
}

/**
 * Rows that somebody records an outcome for at this moment are on their way out anyway; replayed ones are old by
 * nature, and somebody waits for them.
 */
const DROP_EXCESS = `with newest as (
  select delivery_id from deliveries where tenant_id = $1 and endpoint_id = $2 and state = 0
  order by delivery_id desc limit $3
), excess as (
  select delivery_id from deliveries
  where tenant_id = $1 and endpoint_id = $2 and state = 0 and replayed_at is null
    and (created_at < $4 or delivery_id < (select min(delivery_id) from newest) or not exists (select from newest))
  order by delivery_id for no key update skip locked
)
update deliveries d set state = $6, settled_at = $5, last_error = 'deliveries.dropped'
from excess where d.delivery_id = excess.delivery_id
returning 1`;

const BACKLOG = `select (select count(*) from (select from deliveries where state = 0 limit $1) counted) as count,
  (select min(created_at) from deliveries where state = 0) as oldest`;
