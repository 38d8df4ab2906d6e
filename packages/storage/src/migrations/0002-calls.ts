import type { Migration } from './migration.ts';

/**
 * Tables written at each commit keep free space in their pages, and no index covers the columns that change there,
 * so that an update stays within its page. Conversations have no foreign key to their tenant for the same reason:
 * every start would lock the one tenant row.
 */
export const calls: Migration = {
  version: 2,
  name: 'calls',
  sql: `
create table conversations (
  tenant_id text collate "C" not null,
  conversation_id text collate "C" not null check (conversation_id ~ '^[A-Z0-9]+$'),
  external_id text collate "C" not null,
  customer_external_id text not null,
  agent_external_id text not null,
  created_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  primary key (tenant_id, conversation_id),
  unique (tenant_id, external_id)
) with (fillfactor = 80);

create table redaction_states (
  tenant_id text collate "C" not null,
  conversation_id text collate "C" not null,
  sealed bytea not null,
  spoken_at timestamptz(3) not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversations on delete cascade
) with (fillfactor = 50);

create table call_sessions (
  tenant_id text collate "C" not null,
  session_id uuid not null,
  conversation_id text collate "C" not null,
  app_id text collate "C" not null,
  ordinal integer not null,
  state text not null check (state in ('queued', 'live', 'stopping', 'ended')),
  accepted_at timestamptz(3) not null,
  stop_at timestamptz(3),
  stop_answered_at timestamptz(3),
  ended_at timestamptz(3),
  ended_reason text,
  trouble jsonb,
  contact_id text,
  settings jsonb not null,
  media jsonb not null,
  lease_epoch integer not null default 0,
  seen_at timestamptz(3) not null,
  checkpoint json,
  primary key (tenant_id, session_id),
  unique (tenant_id, conversation_id, ordinal),
  foreign key (tenant_id, conversation_id) references conversations on delete cascade
) with (fillfactor = 50);
create unique index call_sessions_running on call_sessions (tenant_id, conversation_id)
  where state in ('queued', 'live');
create index call_sessions_open on call_sessions (accepted_at) where state <> 'ended';

create table call_streams (
  tenant_id text collate "C" not null,
  session_id uuid not null,
  role text not null check (role in ('customer', 'agent')),
  stream_id uuid not null,
  external_id text not null,
  committed_through_sample bigint not null default 0,
  audio_bytes bigint not null default 0,
  transcripts integer not null default 0,
  primary key (tenant_id, session_id, role),
  foreign key (tenant_id, session_id) references call_sessions on delete cascade
) with (fillfactor = 50);

create table messages (
  tenant_id text collate "C" not null,
  conversation_id text collate "C" not null,
  message_id text collate "C" not null,
  session_id uuid,
  stream_id uuid,
  role_order smallint not null,
  sender_external_id text,
  text text not null,
  start_ms bigint,
  end_ms bigint,
  client_timestamp timestamptz(3) not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, conversation_id, message_id),
  foreign key (tenant_id, conversation_id) references conversations on delete cascade
);
create index messages_in_order
  on messages (tenant_id, conversation_id, client_timestamp, role_order, message_id);
`,
};
