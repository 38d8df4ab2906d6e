import type {
  RedactionSettings,
  RedactionSettingsStore,
  StoredRedactionSettings,
} from '../../stores/redaction-settings.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { readRedactionSettings } from './read-redaction-settings.ts';
import { storageError } from '../storage-error.ts';

interface SettingsRow {
  revision: number;
  policy: unknown;
  updated_at: number;
}

const SELECT = {
  name: 'get-redaction-settings',
  text: 'select revision, policy, updated_at from redaction_settings where tenant_id = $1',
};

/** One change of a tenant at a time, in a mode that leaves references to the tenant alone. */
const LOCK_TENANT = 'select 1 from tenants where tenant_id = $1 for no key update';

/** The same policy again is no change: workers keep what they built from a revision. */
const UPSERT = `insert into redaction_settings as kept (tenant_id, revision, policy, updated_at)
values ($1, 1, $2::jsonb, $3)
on conflict (tenant_id) do update set
  revision = kept.revision + case when kept.policy = excluded.policy then 0 else 1 end,
  updated_at = case when kept.policy = excluded.policy then kept.updated_at else excluded.updated_at end,
  policy = excluded.policy
returning revision, policy, updated_at`;

export function createRedactionSettingsStore(database: Database): RedactionSettingsStore {
  return {
    async get(tenantId) {
      const rows = await database.run<SettingsRow>('read redaction settings', SELECT, [tenantId]);
      return toStored(rows[0]);
    },
    update: (tenantId, atMs, change) =>
      database.transaction('change redaction settings', async (session) => {
        const [tenant] = await session.rows(LOCK_TENANT, [tenantId]);
        if (tenant === undefined) {
          const message = 'Cannot change redaction settings: there is no such tenant';
          throw storageError('storage.missing-parent', message);
        }
        // A statement of its own after the lock, so that it sees what the change before committed.
        const [current] = await session.rows<SettingsRow>(SELECT, [tenantId]);
        const decided = change(toStored(current));
        if (decided.type === 'refuse') return { type: 'refused', because: decided.because };
        const values = [tenantId, json(asWritten(decided.settings)), instant(atMs)];
        const [row] = await session.rows<SettingsRow>(UPSERT, values);
        const stored = toStored(row);
        if (stored.type !== 'stored') throw new Error('Cannot read the redaction settings just written');
        return { type: 'updated', stored };
      }),
  };
}

/** Only what is known here: whatever else the value carries does not get into the row. */
function asWritten({ mode, mask, entities, customRules }: RedactionSettings): RedactionSettings {
  return {
    mode,
    mask,
    entities: { customer: entities.customer, agent: entities.agent },
    customRules: customRules.map(({ name, pattern }) => ({ name, pattern })),
  };
}

function toStored(row: SettingsRow | undefined): StoredRedactionSettings {
  if (row === undefined) return { type: 'none' };
  const settings = readRedactionSettings(row.policy);
  if (settings === undefined) return { type: 'unreadable', revision: row.revision };
  return { type: 'stored', revision: row.revision, settings, updatedAtMs: row.updated_at };
}
