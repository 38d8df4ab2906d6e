import type { Migration } from './migration.ts';

/**
 * Recorded audio of sessions, as parts while the call runs and as one file afterwards; the bytes lie in the object
 * store. Neither table refers to conversations: where one is gone its recordings are still known, so that their objects
 * can be deleted. `finish_epoch` fences the finishing of a recording as `lease_epoch` fences the call;
 * one that is `ready` is claimed until its parts are gone.
 */
export const recordings: Migration = {
  version: 16,
  name: 'recordings',
  sql: `
create table recordings (
  tenant_id text collate "C" not null,
  session_id uuid not null,
  conversation_id text collate "C" not null,
  state text not null check (state in ('recording', 'ready', 'failed', 'erasing')),
  started_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  closed_at timestamptz(3),
  finished_at timestamptz(3),
  finish_epoch integer not null default 0,
  finish_tries integer not null default 0,
  claimed_until timestamptz(3),
  recorded_to_ms bigint not null,
  holes jsonb not null default '[]',
  object_key text collate "C",
  byte_count bigint,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  problem text,
  primary key (tenant_id, session_id),
  check (state <> 'ready' or num_nulls(object_key, byte_count, sha256) = 0)
) with (fillfactor = 70);
create index recordings_of_conversation on recordings (tenant_id, conversation_id);
create index recordings_unfinished on recordings (created_at) where state = 'recording';
create index recordings_left_over on recordings (claimed_until) where state = 'ready' and claimed_until is not null;
create index recordings_erasing on recordings (tenant_id, created_at) where state = 'erasing';
create index recordings_by_age on recordings (tenant_id, created_at);

create table recording_parts (
  tenant_id text collate "C" not null,
  session_id uuid not null,
  from_ms bigint not null check (from_ms >= 0),
  to_ms bigint not null check (to_ms > from_ms),
  lease_epoch integer not null,
  object_key text collate "C" not null,
  byte_count bigint not null,
  holes jsonb not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, session_id, from_ms),
  foreign key (tenant_id, session_id) references recordings on delete cascade
);

alter table retention_settings
  add column recordings_days integer check (recordings_days between 1 and 3650);
`,
};
