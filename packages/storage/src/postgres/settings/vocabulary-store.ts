import {
  VOCABULARY_COUNT_MAX,
  type CreateVocabularyOutcome,
  type CustomVocabulary,
  type VocabularyStore,
} from '../../stores/vocabularies.ts';
import { instant } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { storageError } from '../storage-error.ts';

interface VocabularyRow {
  tenant_id: string;
  custom_vocabulary_id: string;
  phrase: string;
  sounds_like: string[];
  created_at: number;
}

const COLUMNS = 'tenant_id, custom_vocabulary_id, phrase, sounds_like, created_at';

/** One create of a tenant at a time, in a mode that leaves references to the tenant alone. */
const LOCK_TENANT = 'select 1 from tenants where tenant_id = $1 for no key update';

const INSERT = `insert into custom_vocabularies
  (tenant_id, custom_vocabulary_id, phrase, phrase_key, sounds_like, created_at)
values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`;

export function createVocabularyStore(database: Database): VocabularyStore {
  return {
    create: (input) =>
      database.transaction('create a custom vocabulary', async (session) => {
        const { tenantId, phrase } = input;
        const phraseKey = keyOf(phrase);
        const refused = await refusal(session, tenantId, phraseKey);
        if (refused !== undefined) return refused;
        const values = [tenantId, input.id, phrase, phraseKey, input.soundsLike, instant(input.atMs)];
        const [row] = await session.rows<VocabularyRow>(INSERT, values);
        if (row === undefined) throw new Error('Cannot read the custom vocabulary just inserted');
        return { type: 'created', vocabulary: toVocabulary(row) };
      }),
    async get(tenantId, id) {
      const [row] = await database.run<VocabularyRow>(
        'read a custom vocabulary',
        `select ${COLUMNS} from custom_vocabularies where tenant_id = $1 and custom_vocabulary_id = $2`,
        [tenantId, id],
      );
      return row && toVocabulary(row);
    },
    async list(tenantId) {
      const rows = await database.run<VocabularyRow>(
        'list custom vocabularies',
        {
          name: 'list-custom-vocabularies',
          text: `select ${COLUMNS} from custom_vocabularies where tenant_id = $1 order by custom_vocabulary_id`,
        },
        [tenantId],
      );
      return rows.map(toVocabulary);
    },
    async delete(tenantId, id) {
      const [row] = await database.run<VocabularyRow>(
        'delete a custom vocabulary',
        `delete from custom_vocabularies where tenant_id = $1 and custom_vocabulary_id = $2 returning ${COLUMNS}`,
        [tenantId, id],
      );
      return row && toVocabulary(row);
    },
  };
}

/** Counted in a statement of its own after the lock, so that it sees what the one before committed. */
async function refusal(
  session: Session,
  tenantId: string,
  phraseKey: string,
): Promise<CreateVocabularyOutcome | undefined> {
  const [tenant] = await session.rows(LOCK_TENANT, [tenantId]);
  if (tenant === undefined) {
    throw storageError(
      'storage.missing-parent',
      'Cannot create a custom vocabulary: there is no such tenant',
    );
  }
  const [found] = await session.rows<{ total: number; same: number }>(
    `select count(*) as total, count(*) filter (where phrase_key = $2) as same
     from custom_vocabularies where tenant_id = $1`,
    [tenantId, phraseKey],
  );
  if (found !== undefined && found.same > 0) return { type: 'exists' };
  if (found !== undefined && found.total >= VOCABULARY_COUNT_MAX) {
    return { type: 'full', countMax: VOCABULARY_COUNT_MAX };
  }
  return undefined;
}

function keyOf(phrase: string): string {
  return phrase.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}

function toVocabulary(row: VocabularyRow): CustomVocabulary {
  return {
    tenantId: row.tenant_id,
    id: row.custom_vocabulary_id,
    phrase: row.phrase,
    soundsLike: row.sounds_like,
    createdAtMs: row.created_at,
  };
}
