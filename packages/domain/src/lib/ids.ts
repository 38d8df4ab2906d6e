import { createHash, randomBytes } from 'node:crypto';
import type { ParticipantRole } from './participant.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_TIME_CHARS = 10;
const ULID_RANDOM_BYTES = 10;

/** Encodes a ULID: 48 bits of time, 80 bits of `entropy` (10 bytes). */
export function encodeUlid(timestampMs: number, entropy: Uint8Array): string {
  let time = '';
  let rest = Math.max(0, Math.floor(timestampMs));
  for (let i = 0; i < ULID_TIME_CHARS; i += 1) {
    time = CROCKFORD.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let random = '';
  let bits = 0n;
  for (const byte of entropy.subarray(0, ULID_RANDOM_BYTES)) bits = (bits << 8n) | BigInt(byte);
  for (let i = 0; i < 16; i += 1) {
    random = CROCKFORD.charAt(Number(bits & 31n)) + random;
    bits >>= 5n;
  }
  return time + random;
}

/** A fresh ULID, for nouns that are not derived from anything (conversations). */
export function newUlid(timestampMs: number): string {
  return encodeUlid(timestampMs, randomBytes(ULID_RANDOM_BYTES));
}

/**
 * The id of the message an utterance becomes. The same utterance heard again, by another worker after a
 * crash, has the same id: 48 bits of `clientTimestampMs`, 80 bits of SHA-256 over session, role and start sample.
 */
export function deriveMessageId(
  clientTimestampMs: number,
  sessionId: string,
  role: ParticipantRole,
  startSample: number,
): string {
  const digest = createHash('sha256').update(`${sessionId}\n${role}\n${startSample}`).digest();
  return encodeUlid(clientTimestampMs, digest);
}

/** The `webhook-id` of a message at one endpoint: the same over all attempts, no dot (Standard Webhooks 1.0). */
export function deriveWebhookId(messageId: string, endpointId: string): string {
  return `msg_${createHash('sha256').update(`${messageId}\n${endpointId}`).digest('base64url').slice(0, 27)}`;
}

/** A UUID derived from its parts, for BullMQ job ids (all-digit ids and stray colons are refused there). */
export function deriveUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
