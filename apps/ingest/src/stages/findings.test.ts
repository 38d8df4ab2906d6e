import type { Finding } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { toMessageFindings } from './findings.ts';

const TEXT = 'My PIN is ####.';
const PIN: Finding = { entity: 'PIN', start: 10, end: 14, rule: 'cue', confidence: 0.9 };

/** One turn of ten seconds, 5 s into the session. */
const said = (text: string) => ({ text, startMs: 5000, endMs: 15_000 });

describe('toMessageFindings', () => {
  it('keeps type, rule, confidence and place, and nothing of the text', () => {
    const [finding] = toMessageFindings(said(TEXT), [PIN], () => []);
    expect(finding).toEqual({
      type: 'PIN',
      rule: 'cue',
      confidence: 0.9,
      start: 10,
      end: 14,
      startMs: expect.any(Number),
      endMs: expect.any(Number),
    });
  });

  it('mutes what was said last to near the end, and not what was said first', () => {
    const [finding] = toMessageFindings(said(TEXT), [PIN], () => [{ startMs: 5000, endMs: 15_000 }]);
    expect(finding?.startMs).toBeGreaterThan(6000);
    expect(finding?.startMs).toBeLessThan(8500);
    expect(finding?.endMs).toBe(15_000);
  });

  it('mutes a value that was said late because of a pause before it, and one said early', () => {
    const late = [
      { startMs: 5000, endMs: 5500 },
      { startMs: 14_000, endMs: 15_000 },
    ];
    const first: Finding = { ...PIN, start: 0, end: 4 };
    const pauses = [
      { given: said(TEXT), finding: PIN, covers: [14_000, 15_000] },
      { given: said('#### is it, and that is all.'), finding: first, covers: [5000, 5500] },
    ] as const;
    for (const { given, finding, covers } of pauses) {
      const [muted] = toMessageFindings(given, [finding], () => late);
      expect(muted?.startMs).toBeLessThanOrEqual(covers[0]);
      expect(muted?.endMs).toBeGreaterThanOrEqual(covers[1]);
    }
  });

  it('stays inside the utterance, in whole ms', () => {
    const all: Finding = { ...PIN, start: 0, end: TEXT.length };
    const spans = [{ startMs: 5000.4, endMs: 14_999.7 }];
    const [finding] = toMessageFindings(said(TEXT), [all], () => spans);
    expect([finding?.startMs, finding?.endMs]).toEqual([5000, 15_000]);
  });
});
