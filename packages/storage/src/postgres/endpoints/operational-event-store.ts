import type { OperationalEvent, OperationalEventStore } from '../../stores/operational-events.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { ENDPOINT_COLUMNS, toEndpoint, type EndpointRow } from './endpoint-columns.ts';
import { storageError } from '../storage-error.ts';

const NOTICE_STATES = { delivered: 1, dead: 4, retry: 0 } as const;

const ADD = `with event as (
  insert into operational_events (tenant_id, event_id, app_id, type, endpoint_id, data, occurred_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (tenant_id, event_id) do nothing
  returning tenant_id, event_id
), notice as (
  insert into operational_notices (tenant_id, event_id, endpoint_id, next_attempt_at)
  select event.tenant_id, event.event_id, e.endpoint_id, $7 from event
  join endpoints e on e.tenant_id = event.tenant_id and e.app_id = $3
  where e.enabled and e.operational_events
)
select 1 from event`;

const EVENT_COLUMNS = `o.position::text as position, o.tenant_id, o.event_id, o.app_id, o.type, o.endpoint_id, o.data,
  o.occurred_at`;

const LIST = `select ${EVENT_COLUMNS} from operational_events o
where o.tenant_id = $1 and o.app_id = $2 and ($3::text is null or o.endpoint_id = $3)
  and ($4::text is null or o.type = $4) and ($5::bigint is null or o.position < $5)
order by o.position desc limit $6`;

/** A notice of a paused endpoint waits; one of a disabled endpoint waits until it is forgotten. */
const TAKE = `with due as (
  select n.tenant_id, n.event_id, n.endpoint_id from operational_notices n
  join endpoints e on e.tenant_id = n.tenant_id and e.endpoint_id = n.endpoint_id
  where n.state = 0 and n.next_attempt_at <= $1 and e.enabled and e.paused_at is null
  order by n.next_attempt_at limit $3 for update of n skip locked
), taken as (
  update operational_notices n set attempts = n.attempts + 1, next_attempt_at = $2 from due
  where n.tenant_id = due.tenant_id and n.event_id = due.event_id and n.endpoint_id = due.endpoint_id
  returning n.tenant_id, n.event_id, n.endpoint_id, n.attempts
)
select ${EVENT_COLUMNS}, taken.endpoint_id as target_id, taken.attempts from taken
join operational_events o on o.tenant_id = taken.tenant_id and o.event_id = taken.event_id
order by o.position`;

const RECORD = `update operational_notices set state = $4, next_attempt_at = coalesce($5, next_attempt_at),
  last_status = $6, last_error = $7
where tenant_id = $1 and event_id = $2 and endpoint_id = $3`;

const CERTIFICATE_HOLDERS = `select ${ENDPOINT_COLUMNS} from endpoints
where enabled and (auth @> '[{"type": "mtls"}]' or auth @> '[{"type": "ca"}]')
  and ($1::text is null or (tenant_id, endpoint_id) > ($1, $2))
order by tenant_id, endpoint_id limit $3`;

const FORGET = `delete from operational_events where (tenant_id, event_id) in (
  select tenant_id, event_id from operational_events where occurred_at < $1 limit $2) returning 1`;

interface EventRow {
  position: string;
  tenant_id: string;
  event_id: string;
  app_id: string;
  type: OperationalEvent['type'];
  endpoint_id: string;
  data: Record<string, unknown>;
  occurred_at: number;
}

export function createOperationalEventStore(database: Database): OperationalEventStore {
  return {
    async add(event) {
      const added = await database.run('store an operational event', ADD, [
        event.tenantId,
        event.eventId,
        event.appId,
        event.type,
        event.endpointId,
        json(event.data),
        instant(event.occurredAtMs),
      ]);
      return added.length > 0;
    },
    async list({ tenantId, appId, endpointId, type, cursor, limit }) {
      if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
        throw storageError('storage.cursor-invalid', 'Cannot list events: the cursor is not one of ours');
      }
      const rows = await database.run<EventRow>('list operational events', LIST, [
        tenantId,
        appId,
        endpointId ?? null,
        type ?? null,
        cursor ?? null,
        limit + 1,
      ]);
      const page = rows.slice(0, limit);
      return {
        items: page.map(toEvent),
        nextCursor: rows.length > limit ? page.at(-1)?.position : undefined,
      };
    },
    async takeDueNotices({ nowMs, leaseUntilMs, limit }) {
      const rows = await database.run<EventRow & { target_id: string; attempts: number }>(
        'take operational notices',
        TAKE,
        [instant(nowMs), instant(leaseUntilMs), limit],
      );
      return rows.map((row) => ({
        event: toEvent(row),
        endpointId: row.target_id,
        attempt: row.attempts,
      }));
    },
    async recordNotice(result) {
      await database.run('record an operational notice', RECORD, [
        result.tenantId,
        result.eventId,
        result.endpointId,
        NOTICE_STATES[result.state],
        instant(result.nextAttemptAtMs),
        result.status ?? null,
        result.errorCode ?? null,
      ]);
    },
    async listCertificateHolders({ after, limit }) {
      const rows = await database.run<EndpointRow>('list endpoints with certificates', CERTIFICATE_HOLDERS, [
        after?.tenantId ?? null,
        after?.endpointId ?? null,
        limit,
      ]);
      return rows.map(toEndpoint);
    },
    async forget({ occurredBeforeMs, limit }) {
      const values = [instant(occurredBeforeMs), limit];
      return (await database.run('forget operational events', FORGET, values)).length;
    },
  };
}

function toEvent(row: EventRow): OperationalEvent {
  return {
    tenantId: row.tenant_id,
    appId: row.app_id,
    eventId: row.event_id,
    type: row.type,
    endpointId: row.endpoint_id,
    data: row.data,
    occurredAtMs: row.occurred_at,
  };
}
