import type { SpeechSettingsStore } from '../../stores/speech-settings.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';

const SELECT = {
  name: 'get-speech-settings',
  text: 'select engine from speech_settings where tenant_id = $1',
};

const UPSERT = `insert into speech_settings (tenant_id, engine, updated_at) values ($1, $2, $3)
on conflict (tenant_id) do update set engine = excluded.engine, updated_at = excluded.updated_at`;

export function createSpeechSettingsStore(database: Database): SpeechSettingsStore {
  return {
    async getEngine(tenantId) {
      const [row] = await database.run<{ engine: string }>('read speech settings', SELECT, [tenantId]);
      return row?.engine;
    },
    async setEngine({ tenantId, engine, atMs }) {
      if (engine === undefined) {
        const drop = 'delete from speech_settings where tenant_id = $1';
        await database.run('drop speech settings', drop, [tenantId]);
        return;
      }
      await database.run('store speech settings', UPSERT, [tenantId, engine, instant(atMs)]);
    },
  };
}
