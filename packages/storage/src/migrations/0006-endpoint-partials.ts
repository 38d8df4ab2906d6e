import type { Migration } from './migration.ts';

/** Whether an endpoint gets partials, and which process sends them: one at a time, as long as its claim is renewed. */
export const endpointPartials: Migration = {
  version: 6,
  name: 'endpoint-partials',
  sql: `
alter table endpoints
  add column partials boolean not null default false,
  add column partials_held_by text,
  add column partials_held_until timestamptz(3);
create index endpoints_with_partials on endpoints (tenant_id, endpoint_id) where partials;
`,
};
