import type { Migration } from './migration.ts';

/** What an endpoint says of its deliveries, and the name of a key; `auth` holds strategies of every kind from here on. */
export const endpointAuth: Migration = {
  version: 11,
  name: 'endpoint-auth',
  sql: `
alter table endpoints
  add column head_of_line text not null default 'block' check (head_of_line in ('block', 'skip-after-attempts')),
  add column skip_after_attempts integer not null default 5,
  add column in_flight_max integer,
  add column rate_per_second_max integer,
  add column operational_events boolean not null default false,
  add column paused_at timestamptz(3);
alter table api_keys add column name text not null default '';
create index api_keys_of_app on api_keys (tenant_id, app_id, api_id);
`,
};
