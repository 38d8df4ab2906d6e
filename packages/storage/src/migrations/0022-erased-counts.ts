import type { Migration } from './migration.ts';

/**
 * How many rows of a tenant went on a UTC day, by their age or because somebody asked: a row for each, added to in the
 * transaction that erases. Numbers are all it holds, so that nothing of it has to be erased with a customer.
 */
export const erasedCounts: Migration = {
  version: 22,
  name: 'erased-counts',
  sql: `
create table erased_counts (
  tenant_id text collate "C" not null references tenants on delete cascade,
  day date not null,
  cause text not null check (cause in ('age', 'request')),
  conversations bigint not null default 0,
  messages bigint not null default 0,
  recordings bigint not null default 0,
  deliveries bigint not null default 0,
  export_days bigint not null default 0,
  receipts bigint not null default 0,
  primary key (tenant_id, day, cause)
);
`,
};
