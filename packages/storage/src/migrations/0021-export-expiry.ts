import type { Migration } from './migration.ts';

/**
 * Exports have an age of their own. A day that is `erasing` is handed out and built by nobody: its objects go before its
 * row. That row tells no more that the day was there, so the tenant remembers the last such day: what is older is
 * never built again by itself, and the days after it are still built where nothing was said.
 */
export const exportExpiry: Migration = {
  version: 21,
  name: 'export-expiry',
  sql: `
alter table retention_settings add column exports_days integer check (exports_days between 1 and 3650);
alter table export_days add column erasing boolean not null default false;
alter table tenants add column exports_gone_through date;
`,
};
