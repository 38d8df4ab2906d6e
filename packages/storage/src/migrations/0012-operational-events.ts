import type { Migration } from './migration.ts';

/** What happened to the endpoints of an app, with what became of telling it; and how a replay finds its deliveries. */
export const operationalEvents: Migration = {
  version: 12,
  name: 'operational-events',
  sql: `
create index deliveries_undelivered_of_endpoint on deliveries (tenant_id, endpoint_id, delivery_id)
  where state in (2, 3, 4);

create table operational_events (
  position bigint generated always as identity unique,
  tenant_id text collate "C" not null,
  event_id text collate "C" not null,
  app_id text collate "C" not null,
  type text not null,
  endpoint_id text collate "C" not null,
  data jsonb not null,
  occurred_at timestamptz(3) not null,
  primary key (tenant_id, event_id),
  foreign key (tenant_id, app_id) references apps on delete cascade
);
create index operational_events_of_app on operational_events (tenant_id, app_id, position);

create table operational_notices (
  tenant_id text collate "C" not null,
  event_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  state smallint not null default 0,
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null,
  last_status integer,
  last_error text,
  primary key (tenant_id, event_id, endpoint_id),
  foreign key (tenant_id, event_id) references operational_events on delete cascade,
  foreign key (tenant_id, endpoint_id) references endpoints on delete cascade
);
create index operational_notices_of_endpoint on operational_notices (tenant_id, endpoint_id);
create index operational_notices_due on operational_notices (next_attempt_at) where state = 0;
`,
};
