import type { DataKeyRow, DataKeyStore } from '../../stores/keys.ts';
import type { Database } from '../database.ts';

interface DataKeySqlRow {
  key_id: string;
  wrapped: Uint8Array;
}

export function createDataKeyStore(database: Database): DataKeyStore {
  const current: DataKeyStore['current'] = async (tenantId) => {
    const [row] = await database.run<DataKeySqlRow>(
      'read the current data key',
      'select key_id, wrapped from tenant_data_keys where tenant_id = $1 and is_current',
      [tenantId],
    );
    return row && toDataKey(row);
  };
  return {
    current,
    async get(tenantId, keyId) {
      const [row] = await database.run<DataKeySqlRow>(
        'read a data key',
        'select key_id, wrapped from tenant_data_keys where tenant_id = $1 and key_id = $2',
        [tenantId, keyId],
      );
      return row && toDataKey(row);
    },
    async insert(tenantId, key) {
      await database.run(
        'insert a data key',
        `insert into tenant_data_keys (tenant_id, key_id, wrapped) values ($1, $2, $3) on conflict do nothing`,
        [tenantId, key.keyId, key.wrapped],
      );
      return (await current(tenantId)) ?? key;
    },
  };
}

function toDataKey(row: DataKeySqlRow): DataKeyRow {
  return { keyId: row.key_id, wrapped: row.wrapped };
}
