import type { Migration } from './migration.ts';

/**
 * Raw words rest only sealed, and only of calls that asked for them: beside the redacted text of a message, and in
 * place of a webhook's body. Findings tell what was masked and where, never what it was.
 */
export const unredacted: Migration = {
  version: 7,
  name: 'unredacted',
  sql: `
alter table messages add column unredacted_sealed bytea, add column findings jsonb;
alter table deliveries alter column body drop not null, add column body_sealed bytea,
  add constraint deliveries_one_body check (num_nonnulls(body, body_sealed) = 1);
`,
};
