import type { Migration } from './migration.ts';

/**
 * What was written of each UTC day. A day is built under a lease whose epoch fences its writes. A unit is the whole day
 * (`hour` -1) or one hour of it; a file keeps its name and bytes, other rows come as the next revision of the unit.
 * The second index holds only messages stored an hour after they were spoken: those that may come late for their day.
 */
export const exports: Migration = {
  version: 13,
  name: 'exports',
  sql: `
create table export_days (
  tenant_id text collate "C" not null references tenants on delete cascade,
  day date not null,
  lease_epoch integer not null default 0,
  leased_until timestamptz(3),
  rows_written bigint not null default 0,
  hours_built smallint not null default 0 check (hours_built between 0 and 24),
  closed_at timestamptz(3),
  rebuild_requested_at timestamptz(3),
  rebuild_purges boolean not null default false,
  primary key (tenant_id, day)
) with (fillfactor = 70);
create index export_days_requested on export_days (day) where rebuild_requested_at is not null;

create table export_units (
  tenant_id text collate "C" not null,
  day date not null,
  hour smallint not null check (hour between -1 and 23),
  revision integer not null,
  closed_at timestamptz(3) not null,
  row_count bigint not null,
  late_row_count bigint not null,
  built_at timestamptz(3) not null,
  primary key (tenant_id, day, hour),
  foreign key (tenant_id, day) references export_days on delete cascade
);

create table export_files (
  tenant_id text collate "C" not null,
  day date not null,
  hour smallint not null,
  revision integer not null,
  format text not null,
  file_name text collate "C" not null,
  object_key text collate "C" not null unique,
  row_count bigint not null,
  byte_count bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  superseded_at timestamptz(3),
  primary key (tenant_id, day, hour, revision, format),
  unique (tenant_id, day, file_name),
  foreign key (tenant_id, day, hour) references export_units on delete cascade
);
create index export_files_superseded on export_files (superseded_at) where superseded_at is not null;

create index messages_of_day on messages (tenant_id, client_timestamp, message_id, conversation_id);
create index messages_late on messages (tenant_id, client_timestamp)
  where created_at - client_timestamp > interval '1 hour';
`,
};
