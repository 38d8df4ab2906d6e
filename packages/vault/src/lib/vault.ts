import { hkdfSync } from 'node:crypto';
import { AppError } from '@earshot/domain';
import { createDataKeys, type DataKeyStore } from './data-keys.ts';
import { KEY_BYTES } from './master-key.ts';
import { openBox, sealBox } from './sealed-box.ts';
import { decodeSealedRecord, encodeSealedRecord } from './sealed-record.ts';

export type { DataKeyRow, DataKeyStore } from './data-keys.ts';

/** Seals secrets and raw text. A record opens only for the tenant and record id it was sealed for. */
export interface Vault {
  /** 32 bytes for hashing API secrets; the same in every process that has the master key. */
  readonly apiKeyHmacKey: Uint8Array;
  /** 32 bytes for signing receipts of erasures; likewise. */
  readonly erasureHmacKey: Uint8Array;
  /** @param plaintext at most 16 MiB; text is sealed as UTF-8 */
  seal(tenantId: string, recordId: string, plaintext: Uint8Array | string): Promise<Uint8Array>;
  /** @throws AppError `vault.malformed`, `vault.unknown-key` or `vault.not-authentic` */
  open(tenantId: string, recordId: string, sealed: Uint8Array): Promise<Uint8Array>;
}

export interface VaultOptions {
  /** 32 bytes; see `readMasterKey`. */
  readonly masterKey: Uint8Array;
  readonly dataKeys: DataKeyStore;
}

const PLAINTEXT_BYTES_MAX = 16 * 1024 * 1024;

/** @throws AppError `vault.invalid-master-key` when the master key is not 32 bytes */
export function createVault(options: VaultOptions): Vault {
  const { masterKey } = options;
  if (masterKey.byteLength !== KEY_BYTES) {
    const message = `Cannot use master key: it has ${masterKey.byteLength} bytes, expected ${KEY_BYTES} bytes`;
    throw new AppError('vault.invalid-master-key', message, { retryable: false });
  }
  const dataKeys = createDataKeys(options.dataKeys, derive(masterKey, 'data-key-wrapping'));
  return {
    apiKeyHmacKey: derive(masterKey, 'api-key-hmac'),
    erasureHmacKey: derive(masterKey, 'erasure-hmac'),
    async seal(tenantId, recordId, plaintext) {
      const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext;
      if (bytes.byteLength > PLAINTEXT_BYTES_MAX) {
        const message = `Cannot seal record: ${bytes.byteLength} bytes exceeds limit ${PLAINTEXT_BYTES_MAX} bytes`;
        throw new AppError('vault.too-large', message, { retryable: false });
      }
      const { keyId, key } = await dataKeys.current(tenantId);
      return encodeSealedRecord({ keyId, box: sealBox(key, associatedData(tenantId, recordId), bytes) });
    },
    async open(tenantId, recordId, sealed) {
      const { keyId, box } = decodeSealedRecord(sealed);
      const { key } = await dataKeys.get(tenantId, keyId);
      return openBox(key, associatedData(tenantId, recordId), box);
    },
  };
}

/** One purpose, one key (HKDF-SHA256, RFC 5869): knowing one derived key tells nothing of the others. */
function derive(masterKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), `earshot/v1/${purpose}`, KEY_BYTES));
}

/** JSON keeps the two apart: ("a", "b/c") and ("a/b", "c") must differ. */
function associatedData(tenantId: string, recordId: string): Uint8Array {
  return Buffer.from(JSON.stringify(['record', tenantId, recordId]));
}
