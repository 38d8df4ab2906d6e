import type { Migration } from './migration.ts';

/** Ids compare by byte, so that their order is the same on every server whatever its locale. */
export const accounts: Migration = {
  version: 1,
  name: 'accounts',
  sql: `
create table tenants (
  tenant_id text collate "C" primary key,
  name text not null,
  created_at timestamptz(3) not null default now()
);

create table apps (
  tenant_id text collate "C" not null references tenants on delete cascade,
  app_id text collate "C" not null,
  name text not null,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, app_id)
);

create table api_keys (
  tenant_id text collate "C" not null,
  api_id text collate "C" not null unique,
  app_id text collate "C" not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3),
  primary key (tenant_id, api_id),
  foreign key (tenant_id, app_id) references apps on delete cascade
);

create table tenant_data_keys (
  tenant_id text collate "C" not null references tenants on delete cascade,
  key_id text collate "C" not null,
  wrapped bytea not null,
  is_current boolean not null default true,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, key_id)
);
create unique index tenant_data_keys_current on tenant_data_keys (tenant_id) where is_current;

create table kinesis_sources (
  tenant_id text collate "C" not null references tenants on delete cascade,
  account_id text not null,
  role_arn text,
  external_id text,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, account_id)
);

create table endpoints (
  tenant_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  app_id text collate "C" not null,
  name text not null,
  url text not null,
  enabled boolean not null,
  state_reason text,
  policy text not null check (policy in ('realtime', 'durable')),
  pending_max integer not null,
  pending_age_max_ms integer not null,
  timeout_ms integer not null,
  auth jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (tenant_id, endpoint_id),
  foreign key (tenant_id, app_id) references apps on delete cascade
);
create index endpoints_of_app on endpoints (tenant_id, app_id, endpoint_id);

create table endpoint_secrets (
  tenant_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  kind text not null,
  sealed bytea not null,
  primary key (tenant_id, endpoint_id, kind),
  foreign key (tenant_id, endpoint_id) references endpoints on delete cascade
);
`,
};
