import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './message-cursor.ts';

const cursor = {
  clientTimestampMs: 1_637_669_594_555,
  roleOrder: 1,
  messageId: '01GMXE90AEV7H3J4DPBDKB1R79',
};
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('decodeCursor', () => {
  it('reads what encodeCursor wrote, which needs no escaping in a URL', () => {
    const text = encodeCursor(cursor);
    expect(encodeURIComponent(text)).toBe(text);
    expect(decodeCursor(text)).toEqual(cursor);
  });

  const foreign = [
    '',
    '!',
    'bm90IGpzb24',
    encode({}),
    encode([1, 2]),
    encode(['1', 1, 'A']),
    encode([1, -1, 'A']),
    encode([1e17, 1, 'A']),
    encode([1.5, 1, 'A']),
    encode([1, 1, "'; drop"]),
    encode([1, 1, null]),
  ];
  it.each(foreign)('refuses %j', (given) => {
    expect(decodeCursor(given)).toBeUndefined();
  });
});
