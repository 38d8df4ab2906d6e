import type { Migration } from './migration.ts';

/** `phrase_key` is the phrase without case and blanks, made by the store: the server's locale has no say in it. */
export const customVocabularies: Migration = {
  version: 5,
  name: 'custom-vocabularies',
  sql: `
create table custom_vocabularies (
  tenant_id text collate "C" not null references tenants on delete cascade,
  custom_vocabulary_id text collate "C" not null,
  phrase text not null,
  phrase_key text collate "C" not null,
  sounds_like text[] not null,
  created_at timestamptz(3) not null,
  primary key (tenant_id, custom_vocabulary_id),
  unique (tenant_id, phrase_key)
);
`,
};
