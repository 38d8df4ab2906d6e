import { describe, expect, it } from 'vitest';
import { deriveMessageId, deriveUuid, deriveWebhookId, encodeUlid } from './ids.ts';

describe('encodeUlid', () => {
  it('writes the time of the published example and all-zero entropy', () => {
    expect(encodeUlid(1469918176385, new Uint8Array(10))).toBe('01ARYZ6S410000000000000000');
  });

  it('sorts by time', () => {
    const entropy = new Uint8Array(10).fill(255);
    expect(encodeUlid(1, entropy) < encodeUlid(2, new Uint8Array(10))).toBe(true);
  });
});

describe('deriveMessageId', () => {
  it('gives the same id for the same utterance and another for each part that differs', () => {
    const id = deriveMessageId(1_700_000_000_000, 's', 'customer', 4096);
    expect(deriveMessageId(1_700_000_000_000, 's', 'customer', 4096)).toBe(id);
    const others = [
      deriveMessageId(1_700_000_000_001, 's', 'customer', 4096),
      deriveMessageId(1_700_000_000_000, 't', 'customer', 4096),
      deriveMessageId(1_700_000_000_000, 's', 'agent', 4096),
      deriveMessageId(1_700_000_000_000, 's', 'customer', 4097),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});

describe('deriveWebhookId', () => {
  it('holds no dot, which the signature scheme forbids', () => {
    expect(deriveWebhookId('01ARYZ6S410000000000000000', 'endpoint')).toMatch(/^msg_[\w-]{27}$/);
  });
});

describe('deriveUuid', () => {
  it('is a well-formed version 8 UUID', () => {
    expect(deriveUuid('a', 'b')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('keeps parts apart', () => {
    expect(deriveUuid('ab', 'c')).not.toBe(deriveUuid('a', 'bc'));
  });
});
