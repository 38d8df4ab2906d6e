import type { Migration } from './migration.ts';

/**
 * The planner keeps samples of columns, and they outlive the rows they were taken from. No plan needs them where people's
 * words and names are. A change to the same type rewrites nothing and forgets the samples there are.
 */
export const noSamples: Migration = {
  version: 20,
  name: 'no-samples',
  sql: `
alter table messages
  alter column text type text, alter column text set statistics 0,
  alter column sender_external_id type text, alter column sender_external_id set statistics 0;
alter table deliveries alter column body type text, alter column body set statistics 0;
alter table attempts
  alter column detail type text, alter column detail set statistics 0,
  alter column response_preview type text, alter column response_preview set statistics 0;
alter table conversations
  alter column external_id type text collate "C", alter column external_id set statistics 0,
  alter column customer_external_id type text, alter column customer_external_id set statistics 0,
  alter column customer_name type text, alter column customer_name set statistics 0,
  alter column agent_external_id type text, alter column agent_external_id set statistics 0,
  alter column agent_name type text, alter column agent_name set statistics 0,
  alter column metadata type jsonb, alter column metadata set statistics 0;
alter table call_streams alter column external_id type text, alter column external_id set statistics 0;
`,
};
