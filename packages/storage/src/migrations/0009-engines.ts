import type { Migration } from './migration.ts';

/** The engine of a tenant's calls that name none; that of a session is part of its settings. */
export const engines: Migration = {
  version: 9,
  name: 'engines',
  sql: `
create table speech_settings (
  tenant_id text collate "C" primary key references tenants on delete cascade,
  engine text not null,
  updated_at timestamptz(3) not null
);
`,
};
