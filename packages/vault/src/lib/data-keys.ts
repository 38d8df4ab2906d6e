import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '@earshot/domain';
import { KEY_BYTES } from './master-key.ts';
import { openBox, sealBox } from './sealed-box.ts';

/** A tenant's data key, wrapped under the master key; safe to store. */
export interface DataKeyRow {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** Where wrapped data keys live; the storage package has one. */
export interface DataKeyStore {
  current(tenantId: string): Promise<DataKeyRow | undefined>;
  get(tenantId: string, keyId: string): Promise<DataKeyRow | undefined>;
  /** Insert-if-absent: answers the row that is current afterwards, which may be another process's. */
  insert(tenantId: string, row: DataKeyRow): Promise<DataKeyRow>;
}

export interface DataKey {
  readonly keyId: string;
  readonly key: Uint8Array;
}

export interface DataKeys {
  current(tenantId: string): Promise<DataKey>;
  /** @throws AppError `vault.unknown-key` when the tenant has no such key */
  get(tenantId: string, keyId: string): Promise<DataKey>;
}

const CACHED_KEYS_MAX = 1000;

/**
 * Unwrapped data keys by tenant and id. Which key is current is asked each time, so a rotation takes effect at once;
 * those who ask while an answer is awaited share it.
 */
export function createDataKeys(store: DataKeyStore, wrappingKey: Uint8Array): DataKeys {
  const unwrapped = new Map<string, DataKey>();
  const asked = new Map<string, Promise<DataKey>>();

  function unwrap(tenantId: string, row: DataKeyRow): DataKey {
    const name = keyName(tenantId, row.keyId);
    const cached = unwrapped.get(name);
    if (cached !== undefined) return cached;
    const dataKey = { keyId: row.keyId, key: openBox(wrappingKey, Buffer.from(name), row.wrapped) };
    const [oldest] = unwrapped.keys();
    if (unwrapped.size >= CACHED_KEYS_MAX && oldest !== undefined) unwrapped.delete(oldest);
    unwrapped.set(name, dataKey);
    return dataKey;
  }

  async function askCurrent(tenantId: string): Promise<DataKey> {
    const row = await store.current(tenantId);
    // Of two first uses at once the store lets one win; both seal under the winner.
    return unwrap(tenantId, row ?? (await store.insert(tenantId, newRow(tenantId, wrappingKey))));
  }

  return {
    current(tenantId) {
      const awaited = asked.get(tenantId);
      if (awaited !== undefined) return awaited;
      const answer = askCurrent(tenantId).finally(() => asked.delete(tenantId));
      asked.set(tenantId, answer);
      return answer;
    },
    async get(tenantId, keyId) {
      const cached = unwrapped.get(keyName(tenantId, keyId));
      if (cached !== undefined) return cached;
      const row = await store.get(tenantId, keyId);
      if (row !== undefined) return unwrap(tenantId, row);
      const message = 'Cannot open sealed record: its data key is not in the store';
      throw new AppError('vault.unknown-key', message, { retryable: false });
    },
  };
}

function newRow(tenantId: string, wrappingKey: Uint8Array): DataKeyRow {
  const keyId = randomUUID();
  const associated = Buffer.from(keyName(tenantId, keyId));
  return { keyId, wrapped: sealBox(wrappingKey, associated, randomBytes(KEY_BYTES)) };
}

/** Also the associated data of the wrapping, so a wrapped key cannot be moved to another tenant or id. */
function keyName(tenantId: string, keyId: string): string {
  return JSON.stringify(['data-key', tenantId, keyId]);
}
