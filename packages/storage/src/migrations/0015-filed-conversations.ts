import type { Migration } from './migration.ts';

/** What those who file conversations of other channels tell about them. An agent that is not known yet is ''. */
export const filedConversations: Migration = {
  version: 15,
  name: 'filed-conversations',
  sql: `
alter table conversations add column customer_name text, add column agent_name text,
  add column metadata jsonb not null default '{}';
`,
};
