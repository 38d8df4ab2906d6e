import type { Migration } from './migration.ts';

/**
 * One row a tenant that has ever chosen; without one the defaults hold. `revision` grows by one with each change of
 * `policy`, whose shape the store checks when it reads it.
 */
export const redactionSettings: Migration = {
  version: 8,
  name: 'redaction-settings',
  sql: `
create table redaction_settings (
  tenant_id text collate "C" primary key references tenants on delete cascade,
  revision bigint not null,
  policy jsonb not null,
  updated_at timestamptz(3) not null
);
`,
};
