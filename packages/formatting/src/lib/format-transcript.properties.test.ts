import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from './edits.ts';
import { formatTranscript, type FormatOptions } from './format-transcript.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const NUMBERS =
  'zero oh o one two three four five six seven eight nine ten eleven twelve nineteen twenty thirty forty ninety hundred ' +
  'thousand million double triple first second third fifth twentieth point 4 15 415 2024 1,200 3.5 $42 23% 4:30 3rd ' +
  'twenty-three one-two-three twenty-four-hour 4-1-5 5-7';
const WORDS =
  'a an the i my is at in on of to or and dot com net john smith example gmail dollars dollar cents percent per cent p m ' +
  "pm a.m. o'clock march may june monday phone call account past half gigabytes something w pin number what can you " +
  'underscore dash um no okay it is I PIN Tom é ñandú 北京 🙂 #### ## [PIN] ####-#### $#,### #,';
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS.split(' ')) },
  { weight: 2, arbitrary: fc.constantFrom(...WORDS.split(' ')) },
);
const gap = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ' ',
  ', ',
  '. ',
  '-',
  '? ',
  ' , ',
  ',, ',
  '.. ',
  '  ',
  '\n',
  '... ',
  '',
);
const turn = fc
  .array(fc.tuple(piece, gap), { maxLength: 30 })
  .map((parts) => parts.map(([word, between]) => word + between).join(''));
const anyText = fc.oneof(
  { weight: 6, arbitrary: turn },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
);
const flag = fc.boolean();
const anyOptions: fc.Arbitrary<FormatOptions> = fc.record({ numbers: flag, casing: flag, punctuation: flag });
const RUNS = { numRuns: 4000 };
const masksOf = (text: string): string[] => text.match(/#+|\[[A-Z_]+\]/g) ?? [];

describe('formatTranscript for any text', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        const once = formatTranscript(text, options).text;
        expect(formatTranscript(once, options)).toEqual({ text: once, edits: [] });
      }),
      RUNS,
    );
  });

  it('gives edits in order and without overlap that make its text', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        const result = formatTranscript(text, options);
        let at = 0;
        for (const { start, end, replacement } of result.edits) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end)).not.toBe(replacement);
          at = end;
        }
        expect(applyEdits(text, result.edits)).toBe(result.text);
      }),
      RUNS,
    );
  });

  it('keeps every mask, in order, and touches none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: formatted, edits } = formatTranscript(text);
        expect(masksOf(formatted)).toEqual(masksOf(text));
        for (const { start, end, replacement } of edits) {
          expect(masksOf(text.slice(start, end) + replacement)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('formats what stands on either side of a mask as if the other side were not there', () => {
    const numbers = { casing: false, punctuation: false };
    fc.assert(
      fc.property(turn, turn, (left, right) => {
        const [before, after] = [left.trim(), right.trim()];
        const parted = formatTranscript(`${before} #### ${after}`, numbers).text;
        const [alone, other] = [formatTranscript(before, numbers), formatTranscript(after, numbers)];
        expect(parted).toBe(`${alone.text} #### ${other.text}`);
      }),
      RUNS,
    );
  });

  it('grows by no more than a mark a word', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const words = text.split(/\s+/).length;
        expect(formatTranscript(text).text.length).toBeLessThanOrEqual(text.length + words + 4);
      }),
      RUNS,
    );
  });

  it('changes nothing with every option off', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const off = { numbers: false, casing: false, punctuation: false };
        expect(formatTranscript(text, off)).toEqual({ text, edits: [] });
      }),
    );
  });

  it('settles within its rounds for speech', () => {
    fc.assert(
      fc.property(turn, (text) => {
        const capital = formatTranscript(`well, ${text.replaceAll('\n', ' ')}`);
        expect(capital.text.startsWith('Well')).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('formatTranscript for long text', () => {
  const unending = [
    'one ',
    'twenty, ',
    'a ',
    'double ',
    'j dot ',
    '####',
    'two thousand ',
    '"',
    '.',
    ', ',
    '1,',
  ];
  it.each(unending)('reads each word a bounded number of times: %j', (given) => {
    const text = given.repeat(20_000);
    expect(formatTranscript(text).text.length).toBeLessThanOrEqual(text.length + 2);
  });
});
