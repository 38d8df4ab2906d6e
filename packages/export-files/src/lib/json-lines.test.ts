import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row.ts';
import { each, ROW, textOf, TYPED_ROW } from '../testing/rows.ts';
import { jsonLines } from './json-lines.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

describe('jsonLines', () => {
  it('writes one object a line, keys in the order of the columns', async () => {
    const want = {
      instance_ts: '2026-11-22T13:00:00.000000+00:00',
      created_ts: '2026-11-22T13:45:06.789000+00:00',
      conversation_id: '01GMXE90AEV7H3J4DPBDKB1R79',
      external_conversation_id: '8c259fea-8764-4a92-adc4-73572e9cf016',
      utterance_id: '01GMXE90AEV7H3J4DPBDKB1R80',
      stream_id: 'cf311161-3f38-11ed-9116-7a0a36c763f1',
      sender_type: 'customer',
      sender_id: 'TT9833237',
      utterance: 'My PIN is ####.',
      utterance_start_ts: '2026-11-22T13:45:06.789000+00:00',
      utterance_end_ts: '2026-11-22T13:45:10.357000+00:00',
      start_ms: 400,
      end_ms: 3968,
      language: 'en-US',
      company_marker: 'team',
      dt: '2026-11-22',
      hr: '13',
    };
    expect(await textOf(jsonLines(each([ROW])))).toBe(`${JSON.stringify(want)}\n`);
  });

  it('writes null where a typed message has no value', async () => {
    const line: unknown = JSON.parse(await textOf(jsonLines(each([TYPED_ROW]))));
    const none = { stream_id: null, sender_id: null, utterance_start_ts: null, utterance_end_ts: null };
    expect(line).toMatchObject({ ...none, start_ms: null, end_ms: null, language: null });
  });

  it('keeps every text on its line and as it was', async () => {
    const property = fc.asyncProperty(fc.array(arbitraryRow, { maxLength: 20 }), async (rows) => {
      const lines = (await textOf(jsonLines(each(rows)))).split('\n');
      expect(lines.pop()).toBe('');
      const texts = lines.map((line) => {
        const { utterance } = JSON.parse(line) as { utterance: string };
        return utterance;
      });
      expect(texts).toEqual(rows.map(({ utterance }) => utterance));
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
