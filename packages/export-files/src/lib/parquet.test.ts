import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row.ts';
import { bytesOf, each, ROW, TYPED_ROW } from '../testing/rows.ts';
import { parquet, ROW_GROUP_ROWS } from './parquet.ts';
import { UTTERANCE_COLUMNS, type UtteranceRow } from './utterance-row.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

let folder: string;
let duckdb: DuckDBConnection;
let fileCount = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-parquet-'));
  duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  await duckdb.run("set TimeZone = 'UTC'");
});
afterAll(async () => {
  duckdb.closeSync();
  await rm(folder, { recursive: true });
});

async function written(rows: Iterable<UtteranceRow>): Promise<string> {
  fileCount += 1;
  const file = join(folder, `${fileCount}.parquet`);
  await writeFile(file, await bytesOf(parquet(each(rows))));
  return file;
}

/** Rows as DuckDB reads them, instants as ms since the epoch. */
async function readBack(file: string): Promise<unknown[][]> {
  const columns = UTTERANCE_COLUMNS.map(({ name, type }) =>
    type === 'timestamp' ? `epoch_ms(${name})` : name,
  );
  const result = await duckdb.runAndReadAll(`select ${columns.join(', ')} from '${file}'`);
  return result
    .getRows()
    .map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
}

const valuesOf = (rows: readonly UtteranceRow[]): unknown[][] =>
  rows.map((row) => UTTERANCE_COLUMNS.map(({ read }) => read(row)));

describe('parquet', () => {
  it('has typed columns in the order of the contract', async () => {
    const result = await duckdb.runAndReadAll(`describe select * from '${await written([ROW, TYPED_ROW])}'`);
    const types = result.getRows().map(([name, type]) => `${String(name)} ${String(type)}`);
    const typeNames = { string: 'VARCHAR', timestamp: 'TIMESTAMP WITH TIME ZONE', integer: 'BIGINT' };
    expect(types).toEqual(UTTERANCE_COLUMNS.map(({ name, type }) => `${name} ${typeNames[type]}`));
  });

  it('is read back row by row', async () => {
    const property = fc.asyncProperty(fc.array(arbitraryRow, { maxLength: 50 }), async (rows) => {
      expect(await readBack(await written(rows))).toEqual(valuesOf(rows));
    });
    await fc.assert(property, { numRuns: 30 });
  });

  it.each([0, 1, ROW_GROUP_ROWS - 1, ROW_GROUP_ROWS, ROW_GROUP_ROWS + 1])(
    'holds %i rows',
    async (rowCount) => {
      const rows = Array.from({ length: rowCount }, (_, index) =>
        index % 7 === 0 ? TYPED_ROW : { ...ROW, startMs: index, utterance: `utterance ${index}` },
      );
      const file = await written(rows);
      expect(await readBack(file)).toEqual(valuesOf(rows));
    },
  );

  it('compresses with zstd', async () => {
    const file = await written([ROW]);
    const result = await duckdb.runAndReadAll(`select distinct compression from parquet_metadata('${file}')`);
    expect(result.getRows()).toEqual([['ZSTD']]);
  });
});
