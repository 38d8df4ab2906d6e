import type { Migration } from './migration.ts';

/** What the media of a session was like: a report that is replaced as a whole, read by id only. */
export const mediaReport: Migration = {
  version: 4,
  name: 'media-report',
  sql: `alter table call_sessions add column media_report jsonb;`,
};
