import { describe, expect, it } from 'vitest';
import { advancePosition, decodePosition, encodePosition, LIVE_BEGINNING } from './live-position.ts';

const T0 = Date.UTC(2026, 10, 23);
const sent = (count: number, everyMs: number) =>
  Array.from({ length: count }, (_, index) => ({
    messageId: `01GMXE90AEV7H3J4DPBDK${String(index).padStart(5, '0')}`,
    createdAtMs: T0 + index * everyMs,
  }));

describe('advancePosition', () => {
  it.each([
    { given: 'a quiet call', everyMs: 5000, want: 1 },
    { given: 'two a second', everyMs: 500, want: 3 },
    { given: 'a burst', everyMs: 10, want: 16 },
  ])('names the messages of the last second of $given, $want of them', ({ everyMs, want }) => {
    const position = sent(100, everyMs).reduce(advancePosition, LIVE_BEGINNING);
    expect(position.sent).toHaveLength(want);
    expect(position.sent.every(({ createdAtMs }) => createdAtMs >= position.sinceMs)).toBe(true);
    const text = encodePosition(position);
    expect(encodeURIComponent(text)).toBe(text);
    expect(text.length).toBeLessThan(1024);
    expect(decodePosition(text)).toEqual(position);
  });

  it('names all messages of one millisecond, since others of it may follow', () => {
    expect(sent(20, 0).reduce(advancePosition, LIVE_BEGINNING).sent).toHaveLength(20);
  });
});

describe('decodePosition', () => {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const foreign = ['', '!', encode({}), encode([]), encode([-1]), encode([1, 'A']), encode([1, 'a', 1])];
  const tooMany = encode([1, ...Array.from({ length: 65 }, () => ['A', 1]).flat()]);
  it.each([...foreign, encode([1, 'A', -1]), encode([1e17]), tooMany])('refuses %j', (given) => {
    expect(decodePosition(given)).toBeUndefined();
  });
});
