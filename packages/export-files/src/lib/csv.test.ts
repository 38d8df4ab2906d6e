import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row.ts';
import { readCsv } from '../testing/read-csv.ts';
import { each, ROW, textOf, TYPED_ROW } from '../testing/rows.ts';
import { csv, csvField } from './csv.ts';
import { timestampText, UTTERANCE_COLUMNS } from './utterance-row.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const HEADER =
  'instance_ts,created_ts,conversation_id,external_conversation_id,utterance_id,stream_id,sender_type,sender_id,' +
  'utterance,utterance_start_ts,utterance_end_ts,start_ms,end_ms,language,company_marker,dt,hr\r\n';

describe('csvField', () => {
  it.each([
    { given: 'plain words', want: 'plain words' },
    { given: 'a, b', want: '"a, b"' },
    { given: 'say "yes"', want: '"say ""yes"""' },
    { given: 'two\nlines', want: '"two\nlines"' },
    { given: ' led by a blank', want: '" led by a blank"' },
    { given: '=1+1', want: "'=1+1" },
    { given: '=HYPERLINK("http://x","y")', want: '"\'=HYPERLINK(""http://x"",""y"")"' },
    { given: '+44 20', want: "'+44 20" },
    { given: '-5 degrees', want: "'-5 degrees" },
    { given: '@SUM(A1)', want: "'@SUM(A1)" },
    { given: '\t=1', want: "'\t=1" },
    { given: '\r=1', want: '"\'\r=1"' },
    { given: '  =1', want: "'  =1" },
    { given: '\u3000=1', want: "'\u3000=1" },
    { given: '\uff1d1+1', want: "'\uff1d1+1" },
    { given: '"=1"', want: '"""=1"""' },
    { given: 'a = b', want: 'a = b' },
  ])('writes $given as $want', ({ given, want }) => {
    expect(csvField(given)).toBe(want);
  });
});

describe('csv', () => {
  it('writes the columns of the contract in their order', async () => {
    const want =
      '2026-11-22T13:00:00.000000+00:00,2026-11-22T13:45:06.789000+00:00,01GMXE90AEV7H3J4DPBDKB1R79,' +
      '8c259fea-8764-4a92-adc4-73572e9cf016,01GMXE90AEV7H3J4DPBDKB1R80,cf311161-3f38-11ed-9116-7a0a36c763f1,' +
      'customer,TT9833237,My PIN is ####.,2026-11-22T13:45:06.789000+00:00,2026-11-22T13:45:10.357000+00:00,' +
      '400,3968,en-US,team,2026-11-22,13\r\n';
    expect(await textOf(csv(each([ROW])))).toBe(HEADER + want);
  });

  it('leaves what a typed message has not empty', async () => {
    const [, record] = readCsv(await textOf(csv(each([TYPED_ROW]))));
    expect(record?.filter((field) => field === '')).toHaveLength(7);
  });

  it('is the header alone without rows', async () => {
    expect(await textOf(csv(each([])))).toBe(HEADER);
  });

  it('is read back as it was by RFC 4180, but for the apostrophe before a formula', async () => {
    const property = fc.asyncProperty(fc.array(arbitraryRow, { maxLength: 20 }), async (rows) => {
      const [, ...records] = readCsv(await textOf(csv(each(rows))));
      const want = rows.map((row) =>
        UTTERANCE_COLUMNS.map(({ type, read }) => {
          const value = read(row);
          if (value === null) return '';
          return type === 'timestamp' ? timestampText(Number(value)) : String(value);
        }),
      );
      const bare = (lines: readonly string[][]) => lines.map((line) => line.map(withoutApostrophe));
      expect(bare(records)).toEqual(bare(want));
      for (const record of records) for (const field of record) expect(field).not.toMatch(/^[=+@\t\r]/);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});

const withoutApostrophe = (field: string): string => field.replace(/^'(?=\s*[=+\-@|%＝＋－＠]|[\t\r])/, '');
