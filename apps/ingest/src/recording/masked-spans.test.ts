import { describe, expect, it } from 'vitest';
import { maskedSpans, MUTE_REACH_MS } from './masked-spans.ts';

const said = { role: 'customer', startMs: 10_000, endMs: 14_000 } as const;

describe('maskedSpans', () => {
  it('mutes a value where it was said, and longer where it leaks to', () => {
    expect(maskedSpans(said, [{ startMs: 11_000, endMs: 12_000 }])).toEqual([
      { role: 'customer', startMs: 11_000, endMs: 12_000 },
      { role: 'agent', startMs: 10_950, endMs: 12_500 },
    ]);
  });

  it('mutes what a recogniser hears around a message that begins and ends with a value', () => {
    const [own] = maskedSpans(said, [{ startMs: 10_000, endMs: 14_000 }]);
    expect(own).toEqual({ role: 'customer', startMs: 9750, endMs: 14_200 });
  });

  it('mutes all of a message of which nothing is known, and nothing where nothing was masked', () => {
    expect(maskedSpans(said, undefined)[0]).toEqual({ role: 'customer', startMs: 9750, endMs: 14_200 });
    expect(maskedSpans(said, [])).toEqual([]);
  });

  it('reaches no further beyond its message than it says, and not before the beginning', () => {
    const early = { role: 'agent', startMs: 100, endMs: 900 } as const;
    for (const { startMs, endMs } of maskedSpans(early, undefined)) {
      expect(startMs).toBe(0);
      expect(endMs).toBeLessThanOrEqual(early.endMs + MUTE_REACH_MS);
    }
  });
});
