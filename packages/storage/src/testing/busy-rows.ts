/** Days of calls below, the last of them `BUSY_NOW_MS`. */
export const BUSY_NOW_MS = Date.UTC(2026, 10, 23, 12);
export const BUSY = { tenantId: 'busy', appId: 'app', endpointId: 'endpoint', holder: 'publisher' } as const;

const CALL_COUNT = 6000;
const MESSAGES_PER_CALL = 5;
/** Of the last calls, the last messages wait to be delivered. */
const PENDING_EVERY = 40;

/** The call of this number, from 1 on. */
export function busyCall(number: number) {
  const digits = String(number).padStart(12, '0');
  return {
    guid: `guid-${number}`,
    conversationId: `01K${digits.padStart(23, '0')}`,
    sessionId: `00000000-0000-4000-8000-${digits}`,
    messageId: `01M${String(number * 100 + 1).padStart(23, '0')}`,
    deliveryId: String((number - 1) * MESSAGES_PER_CALL + 1),
  };
}

const CALL = `'01K' || lpad(call::text, 23, '0')`;
const SESSION = `('00000000-0000-4000-8000-' || lpad(call::text, 12, '0'))::uuid`;
const AT = `timestamptz '2026-11-23 12:00:00+00' - (${CALL_COUNT} - call) * interval '100 seconds'`;
const EACH_CALL = `generate_series(1, ${CALL_COUNT}) call`;
const EACH_MESSAGE = `${EACH_CALL} cross join generate_series(1, ${MESSAGES_PER_CALL}) turn`;

/** A week of calls of one tenant with one endpoint beside nine other tenants, as statistics would show it in production. */
export const BUSY_ROWS = `
insert into tenants (tenant_id, name) select 'tenant-' || number, 'Another' from generate_series(1, 9) number;
insert into tenants (tenant_id, name) values ('busy', 'Busy');
insert into apps (tenant_id, app_id, name) values ('busy', 'app', 'App');
insert into api_keys (tenant_id, api_id, app_id, secret_hash, scopes)
  select 'busy', 'key-' || number, 'app', '\\x01', '{}' from generate_series(1, 3000) number;
insert into endpoints (tenant_id, endpoint_id, app_id, name, url, enabled, policy, pending_max, pending_age_max_ms,
    timeout_ms, auth, created_at, updated_at)
  values ('busy', 'endpoint', 'app', 'Listener', 'https://listener.example/', true, 'realtime', 100, 30000, 5000, '[]',
    now(), now());
insert into conversations (tenant_id, conversation_id, external_id, customer_external_id, agent_external_id, created_at,
    last_activity_at)
  select 'busy', ${CALL}, 'guid-' || call, 'customer-' || call % 300, 'agent-' || call % 40, ${AT},
    ${AT} + interval '5 minutes' from ${EACH_CALL};
insert into call_sessions (tenant_id, conversation_id, session_id, app_id, ordinal, state, accepted_at, settings, media,
    seen_at, lease_epoch)
  select 'busy', ${CALL}, ${SESSION}, 'app', 1, case when call > ${CALL_COUNT - 20} then 'live' else 'ended' end, ${AT},
    '{"language":"en-US"}', '{}', ${AT}, 1 from ${EACH_CALL};
insert into call_streams (tenant_id, session_id, role, stream_id, external_id)
  select 'busy', ${SESSION}, role, gen_random_uuid(), role || '-' || call % 300
  from ${EACH_CALL} cross join unnest(array['customer', 'agent']) role;
insert into messages (tenant_id, conversation_id, message_id, session_id, stream_id, role_order, sender_external_id, text,
    start_ms, end_ms, client_timestamp, created_at)
  select 'busy', ${CALL}, '01M' || lpad((call * 100 + turn)::text, 23, '0'), ${SESSION}, gen_random_uuid(), turn % 2,
    'somebody', repeat('words ', 20), turn * 1000, turn * 1000 + 900, ${AT} + turn * interval '1 second',
    ${AT} + turn * interval '1 second' + interval '1 second' from ${EACH_MESSAGE};
insert into lanes (tenant_id, endpoint_id, conversation_id, last_sequence, held_by, held_until)
  select 'busy', 'endpoint', ${CALL}, ${MESSAGES_PER_CALL}, 'publisher', now() + interval '1 hour' from ${EACH_CALL};
insert into deliveries (tenant_id, endpoint_id, conversation_id, sequence, message_id, webhook_id, body, state, attempts,
    created_at, settled_at)
  select 'busy', 'endpoint', ${CALL}, turn, '01M' || lpad((call * 100 + turn)::text, 23, '0'), 'msg_' || call || '-' || turn,
    repeat('{"text":"words"}', 10),
    case when turn = ${MESSAGES_PER_CALL} and call % ${PENDING_EVERY} = 0 then 0 when call % 500 = 1 then 4 else 1 end, 1,
    ${AT} + turn * interval '1 second', ${AT} + turn * interval '2 seconds'
  from ${EACH_MESSAGE} order by call, turn;
insert into attempts (tenant_id, delivery_id, attempt, attempted_at, duration_ms, status)
  select tenant_id, delivery_id, 1, created_at, 12, 200 from deliveries;
insert into export_days (tenant_id, day, closed_at)
  select 'busy', day, day + interval '26 hours' from generate_series(date '2026-11-16', date '2026-11-22', interval '1 day') day;
insert into erased_counts (tenant_id, day, cause, messages)
  select 'busy', day, cause, 1000 from generate_series(date '2025-11-23', date '2026-11-22', interval '1 day') day
  cross join unnest(array['age', 'request']) cause;
insert into erasure_receipts (tenant_id, erasure_id, subject, subject_hash, requested_by, erased_at, counts, digest)
  select 'busy', 'erasure-' || call, 'conversation', sha256(call::text::bytea), 'key-1', ${AT}, '{"messages":5}', 'digest'
  from ${EACH_CALL};
insert into recordings (tenant_id, session_id, conversation_id, state, started_at, created_at, recorded_to_ms)
  select 'busy', ${SESSION}, ${CALL}, 'failed', ${AT}, ${AT}, 1000 from ${EACH_CALL};
insert into recording_parts (tenant_id, session_id, from_ms, to_ms, lease_epoch, object_key, byte_count, holes, created_at)
  select 'busy', ${SESSION}, turn * 1000, turn * 1000 + 1000, 1, 'key', 1, '[]', ${AT} from ${EACH_MESSAGE};
`;
