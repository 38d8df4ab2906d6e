import type { Migration } from './migration.ts';

/**
 * What the durable policy needs: when a lane is to be looked at again, what a target answered, the circuit of an
 * endpoint. State 4 of a delivery is a dead letter. A replayed delivery has its attempts before the replay set apart.
 */
export const durableDeliveries: Migration = {
  version: 10,
  name: 'durable-deliveries',
  sql: `
alter table deliveries
  add column replayed_at timestamptz(3),
  add column attempts_before integer not null default 0;
create index deliveries_dead on deliveries (tenant_id, delivery_id) where state = 4;
alter table attempts add column response_preview text check (length(response_preview) <= 500);
alter table lanes add column next_attempt_at timestamptz(3);
create table circuits (
  tenant_id text collate "C" not null,
  endpoint_id text collate "C" not null,
  state text not null check (state in ('closed', 'open', 'half-open')),
  opened_at timestamptz(3),
  next_probe_at timestamptz(3),
  opened_count integer not null,
  connection_failures_in_row integer not null,
  counts jsonb not null,
  primary key (tenant_id, endpoint_id),
  foreign key (tenant_id, endpoint_id) references endpoints on delete cascade
);
create index circuits_not_closed on circuits (state) where state <> 'closed';
`,
};
