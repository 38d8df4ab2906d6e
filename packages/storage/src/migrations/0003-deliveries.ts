import type { Migration } from './migration.ts';

/** States of a delivery: 0 pending, 1 delivered, 2 dropped, 3 failed (`delivery-states.ts`). */
export const deliveries: Migration = {
  version: 3,
  name: 'deliveries',
  sql: `
create table lanes (
  tenant_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  conversation_id text collate "C" not null,
  last_sequence integer not null,
  held_by text,
  held_until timestamptz(3),
  primary key (tenant_id, endpoint_id, conversation_id),
  foreign key (tenant_id, endpoint_id) references endpoints on delete cascade,
  foreign key (tenant_id, conversation_id) references conversations on delete cascade
) with (fillfactor = 50);
create index lanes_of_conversation on lanes (tenant_id, conversation_id);

create table deliveries (
  delivery_id bigint generated always as identity unique,
  tenant_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  conversation_id text collate "C" not null,
  sequence integer not null,
  message_id text collate "C" not null,
  webhook_id text collate "C" not null,
  body text not null,
  state smallint not null default 0,
  attempts integer not null default 0,
  next_attempt_at timestamptz(3),
  last_status integer,
  last_error text,
  created_at timestamptz(3) not null,
  delivered_at timestamptz(3),
  settled_at timestamptz(3),
  primary key (tenant_id, endpoint_id, conversation_id, sequence),
  unique (tenant_id, webhook_id),
  foreign key (tenant_id, endpoint_id, conversation_id) references lanes on delete cascade
) with (fillfactor = 80);
create index deliveries_pending_of_lane
  on deliveries (tenant_id, endpoint_id, conversation_id, sequence) where state = 0;
create index deliveries_pending_of_endpoint on deliveries (tenant_id, endpoint_id, delivery_id) where state = 0;
create index deliveries_pending_since on deliveries (created_at) where state = 0;

create table attempts (
  tenant_id text collate "C" not null,
  delivery_id bigint not null references deliveries (delivery_id) on delete cascade,
  attempt integer not null,
  attempted_at timestamptz(3) not null,
  duration_ms integer not null,
  status integer,
  error_code text,
  detail text check (length(detail) <= 500),
  primary key (tenant_id, delivery_id, attempt)
);
create index attempts_of_delivery on attempts (delivery_id);
`,
};
