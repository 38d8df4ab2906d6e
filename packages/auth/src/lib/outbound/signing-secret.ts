import { randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const BYTES_MIN = 24;
const BYTES_MAX = 64;
const NEW_BYTES = 32;

/** Random, as Standard Webhooks 1.0 writes a symmetric secret. */
export function newSigningSecret(): string {
  return `${PREFIX}${randomBytes(NEW_BYTES).toString('base64')}`;
}

/** The key of a secret of 24 to 64 bytes; undefined when it is written in another way. */
export function parseSigningSecret(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined;
  const text = secret.slice(PREFIX.length);
  const key = Buffer.from(text, 'base64');
  const isCanonical = key.toString('base64') === text;
  return isCanonical && key.length >= BYTES_MIN && key.length <= BYTES_MAX ? key : undefined;
}
