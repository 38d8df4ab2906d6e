/** Ids of the rows below. */
export const EARLIER = {
  tenantId: 'tenant-1',
  appId: 'app-1',
  apiId: 'api-1',
  endpointId: 'endpoint-1',
  guid: 'guid-1',
  conversationId: '01JD0000000000000000000001',
  sessionId: '11111111-1111-4111-8111-111111111111',
  messageIds: ['01JDBCQ5G0AAAAAAAAAAAAAAAA', '01JDBCQ6F8BBBBBBBBBBBBBBBB', '01JDBCQ7EGCCCCCCCCCCCCCCCC'],
  deliveryId: '1',
  day: '2024-11-23',
} as const;

const CALL = `'tenant-1', '${EARLIER.conversationId}'`;
const MESSAGE_COLUMNS = `tenant_id, conversation_id, message_id, session_id, stream_id, role_order, sender_external_id,
  text, start_ms, end_ms, client_timestamp, created_at`;
const [FIRST, SECOND, THIRD] = EARLIER.messageIds;

/** Rows as each version of the schema took them: those of version N are inserted into databases of N and later. */
export const EARLIER_ROWS: readonly { readonly version: number; readonly sql: string }[] = [
  {
    version: 1,
    sql: `insert into tenants (tenant_id, name) values ('tenant-1', 'A tenant');
insert into apps (tenant_id, app_id, name) values ('tenant-1', 'app-1', 'An app');
insert into api_keys (tenant_id, api_id, app_id, secret_hash, scopes)
  values ('tenant-1', 'api-1', 'app-1', '\\x01', array['calls:read']);
insert into tenant_data_keys (tenant_id, key_id, wrapped) values ('tenant-1', 'key-1', '\\x02');
insert into kinesis_sources (tenant_id, account_id, role_arn) values ('tenant-1', '111122223333', 'arn:role');
insert into endpoints (tenant_id, endpoint_id, app_id, name, url, enabled, policy, pending_max, pending_age_max_ms,
    timeout_ms, auth, created_at, updated_at)
  values ('tenant-1', 'endpoint-1', 'app-1', 'Listener', 'https://listener.example/hook', true, 'realtime', 100, 30000,
    5000, '[]', '2024-11-01', '2024-11-01');
insert into endpoint_secrets (tenant_id, endpoint_id, kind, sealed) values ('tenant-1', 'endpoint-1', 'signing', '\\x03');`,
  },
  {
    version: 2,
    sql: `insert into conversations (tenant_id, conversation_id, external_id, customer_external_id, agent_external_id,
    created_at, last_activity_at)
  values (${CALL}, 'guid-1', 'customer-1', 'agent-1', '2024-11-23 10:00:00+00', '2024-11-23 10:01:00+00'),
    -- Filed with an instant of a time to come.
    ('tenant-1', '7ZZZZZZZZZ0000000000000001', 'guid-2', 'customer-1', '', '2024-11-23', '2024-11-23');
insert into redaction_states (tenant_id, conversation_id, sealed, spoken_at)
  values (${CALL}, '\\x04', '2024-11-23 10:01:00+00');
insert into call_sessions (tenant_id, conversation_id, session_id, app_id, ordinal, state, accepted_at, ended_at,
    ended_reason, settings, media, seen_at)
  values (${CALL}, '${EARLIER.sessionId}', 'app-1', 1, 'ended', '2024-11-23 10:00:00+00', '2024-11-23 10:02:00+00',
    'stop-request', '{"language":"en-US"}', '{"streamArn":"arn:stream"}', '2024-11-23 10:02:00+00');
insert into call_streams (tenant_id, session_id, role, stream_id, external_id, committed_through_sample, transcripts)
  select 'tenant-1', '${EARLIER.sessionId}', role, gen_random_uuid(), role || '-1', 8000, 1
  from unnest(array['customer', 'agent']) role;
insert into messages (${MESSAGE_COLUMNS}) values
  (${CALL}, '${FIRST}', '${EARLIER.sessionId}', gen_random_uuid(), 0, 'customer-1', 'The first words', 0, 900,
    '2024-11-23 10:00:00+00', '2024-11-23 10:00:02+00'),
  (${CALL}, '${SECOND}', '${EARLIER.sessionId}', gen_random_uuid(), 1, 'agent-1', 'The words after them', 1000, 1900,
    '2024-11-23 10:00:01+00', '2024-11-23 10:00:03+00'),
  ('tenant-1', '7ZZZZZZZZZ0000000000000001', '7ZZZZZZZZZ0000000000000002', null, null, 2, null, 'A note', null, null,
    '2999-01-01', '2024-11-23 10:00:04+00');`,
  },
  {
    version: 3,
    sql: `insert into lanes (tenant_id, endpoint_id, conversation_id, last_sequence)
  values ('tenant-1', 'endpoint-1', '${EARLIER.conversationId}', 1);
insert into deliveries (tenant_id, endpoint_id, conversation_id, sequence, message_id, webhook_id, body, attempts,
    created_at)
  values ('tenant-1', 'endpoint-1', '${EARLIER.conversationId}', 1, '${FIRST}', 'msg_1', '{"text":"The first words"}', 1,
    '2024-11-23 10:00:02+00');
insert into attempts (tenant_id, delivery_id, attempt, attempted_at, duration_ms, status)
  values ('tenant-1', 1, 1, '2024-11-23 10:00:02+00', 12, 503);`,
  },
  { version: 4, sql: `update call_sessions set media_report = '{"fragmentCount":3}';` },
  {
    version: 5,
    sql: `insert into custom_vocabularies (tenant_id, custom_vocabulary_id, phrase, phrase_key, sounds_like, created_at)
  values ('tenant-1', 'word-1', 'Earshot', 'earshot', array['ear shot'], '2024-11-01');`,
  },
  { version: 6, sql: `update endpoints set partials = true;` },
  {
    version: 7,
    sql: `insert into messages (${MESSAGE_COLUMNS}, unredacted_sealed, findings)
  values (${CALL}, '${THIRD}', '${EARLIER.sessionId}', gen_random_uuid(), 0, 'customer-1', 'My number is ####', 2000, 2900,
    '2024-11-23 10:00:02+00', '2024-11-23 10:00:04+00', '\\x05', '[]');`,
  },
  {
    version: 8,
    sql: `insert into redaction_settings (tenant_id, revision, policy, updated_at) values ('tenant-1', 4,
  '{"mode":"strict","mask":"hash","entities":{"customer":["PIN"],"agent":[]},"customRules":[]}', '2024-11-01');`,
  },
  {
    version: 9,
    sql: `insert into speech_settings (tenant_id, engine, updated_at) values ('tenant-1', 'parakeet', '2024-11-01');`,
  },
  {
    version: 10,
    sql: `update deliveries set attempts_before = 1, replayed_at = '2024-11-23 11:00:00+00';
insert into circuits (tenant_id, endpoint_id, state, opened_count, connection_failures_in_row, counts)
  values ('tenant-1', 'endpoint-1', 'open', 2, 5, '[]');`,
  },
  {
    version: 11,
    sql: `update endpoints set head_of_line = 'skip-after-attempts'; update api_keys set name = 'A key';`,
  },
  {
    version: 12,
    sql: `insert into operational_events (tenant_id, event_id, app_id, type, endpoint_id, data, occurred_at)
  values ('tenant-1', 'event-1', 'app-1', 'endpoint.circuit-opened', 'endpoint-1', '{}', '2024-11-23');
insert into operational_notices (tenant_id, event_id, endpoint_id, next_attempt_at)
  values ('tenant-1', 'event-1', 'endpoint-1', '2024-11-23');`,
  },
  {
    version: 13,
    sql: `insert into export_days (tenant_id, day, closed_at) values ('tenant-1', '${EARLIER.day}', '2024-11-24 02:00:00+00');
insert into export_units (tenant_id, day, hour, revision, closed_at, row_count, late_row_count, built_at)
  values ('tenant-1', '${EARLIER.day}', -1, 1, '2024-11-24 02:00:00+00', 2, 0, '2024-11-24 02:00:01+00');
insert into export_files (tenant_id, day, hour, revision, format, file_name, object_key, row_count, byte_count, sha256)
  values ('tenant-1', '${EARLIER.day}', -1, 1, 'csv', 'a.csv', 'tenant-1/a.csv', 2, 100, repeat('0', 64));`,
  },
  {
    version: 14,
    sql: `insert into retention_settings (tenant_id, messages_days, deliveries_days, audit_days, updated_at)
  values ('tenant-1', 30, 14, 400, '2024-11-01');
insert into conversation_holds (tenant_id, conversation_id, placed_by, placed_at) values (${CALL}, 'api-1', '2024-11-24');
insert into erasure_receipts (tenant_id, erasure_id, subject, subject_hash, requested_by, erased_at, counts, digest)
  values ('tenant-1', 'erasure-1', 'customer', '\\x06', 'api-1', '2024-11-20', '{"messages":3}', 'digest-1');`,
  },
  {
    version: 15,
    sql: `update conversations set customer_name = 'A customer', metadata = '{"queue":"sales"}';`,
  },
  {
    version: 16,
    sql: `insert into recordings (tenant_id, session_id, conversation_id, state, started_at, created_at, recorded_to_ms)
  values ('tenant-1', '${EARLIER.sessionId}', '${EARLIER.conversationId}', 'recording', '2024-11-23', '2024-11-23', 10000);
insert into recording_parts (tenant_id, session_id, from_ms, to_ms, lease_epoch, object_key, byte_count, holes, created_at)
  values ('tenant-1', '${EARLIER.sessionId}', 0, 10000, 1, 'recordings/part', 320000, '[]', '2024-11-23');
update retention_settings set recordings_days = 20;`,
  },
  {
    version: 21,
    sql: `update retention_settings set exports_days = 10; update tenants set exports_gone_through = '2024-11-01';`,
  },
  {
    version: 22,
    sql: `insert into erased_counts (tenant_id, day, cause, conversations, messages)
  values ('tenant-1', '${EARLIER.day}', 'age', 2, 30), ('tenant-1', '${EARLIER.day}', 'request', 1, 3);`,
  },
];
