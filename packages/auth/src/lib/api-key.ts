import { createHmac, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Id and secret of a new key. */
export interface ApiKey {
  /** `ek_` and 16 letters or digits; may be shown. */
  readonly apiId: string;
  /** `es_`, 40 random letters or digits (238 bits) and a checksum of 6; shown once, stored only as a keyed hash. */
  readonly apiSecret: string;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_CHARS = 16;
const SECRET_CHARS = 40;
const CHECKSUM_CHARS = 6;
const SECRET_SHAPE = new RegExp(`^es_([0-9A-Za-z]{${SECRET_CHARS}})([0-9A-Za-z]{${CHECKSUM_CHARS}})$`);

/** A key of random letters and digits; the secret cannot be found again from what is stored of it. */
export function newApiKey(): ApiKey {
  const random = randomBase62(SECRET_CHARS);
  return { apiId: `ek_${randomBase62(ID_CHARS)}`, apiSecret: `es_${random}${checksum(random)}` };
}

/** Tells a secret of ours from a look-alike or a typing mistake, without a look-up; for secret scanners and tools. */
export function isWellFormedApiSecret(text: string): boolean {
  const [, random = '', sum] = SECRET_SHAPE.exec(text) ?? [];
  return sum !== undefined && checksum(random) === sum;
}

/**
 * HMAC-SHA256 over id and secret, 32 bytes. A fast hash is enough because the secret is random, and the key, held
 * outside the store, makes a stolen table useless. The id is covered so that hashes cannot be swapped between rows.
 */
export function hashApiSecret(hmacKey: Uint8Array, apiId: string, apiSecret: string): Uint8Array {
  return createHmac('sha256', hmacKey).update(`${apiId}\n${apiSecret}`).digest();
}

function randomBase62(chars: number): string {
  return Array.from({ length: chars }, () => BASE62.charAt(randomInt(BASE62.length))).join('');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let sum = '';
  for (let i = 0; i < CHECKSUM_CHARS; i += 1) {
    sum = BASE62.charAt(rest % BASE62.length) + sum;
    rest = Math.floor(rest / BASE62.length);
  }
  return sum;
}
