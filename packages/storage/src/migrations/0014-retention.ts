import type { Migration } from './migration.ts';

/**
 * How long what is kept, what may not be deleted, and what was. A hold has no cascade: the database itself refuses to
 * delete a held conversation. A receipt names nobody: `subject_hash` is keyed, and counts are all it says of the words.
 * Conversations are found by the instant they began, since that of their last activity changes with each commit and an
 * index over it would make every commit write to it.
 */
export const retention: Migration = {
  version: 14,
  name: 'retention',
  sql: `
create table retention_settings (
  tenant_id text collate "C" primary key references tenants on delete cascade,
  messages_days integer not null check (messages_days between 1 and 3650),
  deliveries_days integer not null check (deliveries_days between 1 and 3650),
  audit_days integer not null check (audit_days between 1 and 3650),
  updated_at timestamptz(3) not null
);

create table conversation_holds (
  tenant_id text collate "C" not null,
  conversation_id text collate "C" not null,
  placed_by text not null,
  placed_at timestamptz(3) not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversations
);

create table erasure_receipts (
  tenant_id text collate "C" not null references tenants on delete cascade,
  erasure_id text collate "C" not null,
  subject text not null check (subject in ('conversation', 'customer')),
  subject_hash bytea not null,
  requested_by text not null,
  erased_at timestamptz(3) not null,
  counts jsonb not null,
  digest text not null,
  primary key (tenant_id, erasure_id)
);
create index erasure_receipts_by_age on erasure_receipts (tenant_id, erased_at);

create index conversations_by_age on conversations (tenant_id, created_at);
create index conversations_of_customer on conversations (tenant_id, customer_external_id);
create index call_streams_of_customer on call_streams (tenant_id, external_id) where role = 'customer';
create index deliveries_by_age on deliveries (tenant_id, created_at);
`,
};
