import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row.ts';
import { bytesOf, each, ROW } from '../testing/rows.ts';
import { encodeUtterances, EXPORT_FORMATS, isExportFormat } from './export-format.ts';
import { ROW_GROUP_ROWS } from './parquet.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

describe('encodeUtterances', () => {
  it.each(EXPORT_FORMATS)('gives the same bytes for the same rows as %s', async (format) => {
    const property = fc.asyncProperty(fc.array(arbitraryRow, { maxLength: 30 }), async (rows) => {
      const first = await bytesOf(encodeUtterances(format, each(rows)));
      expect((await bytesOf(encodeUtterances(format, each(rows)))).equals(first)).toBe(true);
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it.each(EXPORT_FORMATS)('holds no more than a row group of %s at a time', async (format) => {
    let pulled = 0;
    async function* rows() {
      for (; pulled < 3 * ROW_GROUP_ROWS; pulled += 1) yield { ...ROW, utterance: `utterance ${pulled}` };
    }
    let pulledBefore = 0;
    const held: number[] = [];
    for await (const chunk of encodeUtterances(format, rows())) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      held.push(pulled - pulledBefore);
      pulledBefore = pulled;
    }
    expect(Math.max(...held)).toBeLessThanOrEqual(ROW_GROUP_ROWS);
  });

  it.each(EXPORT_FORMATS)('lets go of its rows when the reader of %s leaves', async (format) => {
    let closed = false;
    async function* rows() {
      try {
        for (;;) yield ROW;
      } finally {
        closed = true;
      }
    }
    for await (const _ of encodeUtterances(format, rows())) break;
    expect(closed).toBe(true);
  });

  it.each(EXPORT_FORMATS)('fails as its rows fail, as %s', async (format) => {
    async function* rows() {
      yield ROW;
      throw new Error('The rows ended');
    }
    await expect(bytesOf(encodeUtterances(format, rows()))).rejects.toThrow('The rows ended');
  });
});

describe('isExportFormat', () => {
  it.each([
    { given: 'jsonl', want: true },
    { given: 'CSV', want: false },
    { given: 'xml', want: false },
  ])('answers $want for $given', ({ given, want }) => {
    expect(isExportFormat(given)).toBe(want);
  });
});
