import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@earshot/domain';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce (12 bytes), ciphertext, tag (16 bytes): AES-256-GCM under a random nonce (NIST SP 800-38D, 8.2.2). */
export function sealBox(key: Uint8Array, associated: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws AppError `vault.not-authentic` when key, associated data or any byte differs from the sealing's */
export function openBox(key: Uint8Array, associated: Uint8Array, box: Uint8Array): Uint8Array {
  if (box.byteLength < NONCE_BYTES + TAG_BYTES) throw notAuthentic();
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated);
  decipher.setAuthTag(box.subarray(-TAG_BYTES));
  const start = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([start, decipher.final()]);
  } catch (cause) {
    throw notAuthentic(cause);
  }
}

function notAuthentic(cause?: unknown): AppError {
  const message = 'Cannot open sealed record: it was changed or belongs to another key, tenant or record';
  return new AppError('vault.not-authentic', message, { retryable: false, cause });
}
