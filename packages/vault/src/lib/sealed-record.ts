import { AppError } from '@earshot/domain';

const FORMAT_VERSION = 1;
const KEY_ID_BYTES_MAX = 255;

/** What is stored: version (1 byte), length of the key id (1 byte), key id (ASCII), box. */
export interface SealedRecord {
  readonly keyId: string;
  readonly box: Uint8Array;
}

export function encodeSealedRecord(record: SealedRecord): Uint8Array {
  const keyId = Buffer.from(record.keyId, 'latin1');
  if (keyId.byteLength === 0 || keyId.byteLength > KEY_ID_BYTES_MAX) {
    const message = `Cannot seal record: key id has ${keyId.byteLength} bytes, limit ${KEY_ID_BYTES_MAX} bytes`;
    throw new AppError('vault.invalid-key-id', message, { retryable: false });
  }
  return Buffer.concat([Uint8Array.of(FORMAT_VERSION, keyId.byteLength), keyId, record.box]);
}

/** @throws AppError `vault.malformed` when the bytes are no sealed record of a known version */
export function decodeSealedRecord(sealed: Uint8Array): SealedRecord {
  const [version, keyIdBytes = 0] = sealed;
  const boxStart = 2 + keyIdBytes;
  if (version !== FORMAT_VERSION || keyIdBytes === 0 || sealed.byteLength <= boxStart) {
    const message = `Cannot open sealed record: ${sealed.byteLength} bytes are no record of version ${FORMAT_VERSION}`;
    throw new AppError('vault.malformed', message, { retryable: false });
  }
  return {
    keyId: Buffer.from(sealed.subarray(2, boxStart)).toString('latin1'),
    box: sealed.subarray(boxStart),
  };
}
