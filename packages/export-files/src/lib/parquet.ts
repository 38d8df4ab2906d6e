import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { UTTERANCE_COLUMNS, type Column, type ColumnType, type UtteranceRow } from './utterance-row.ts';

/** Rows held in memory at a time; they become one row group. */
export const ROW_GROUP_ROWS = 20_000;

/**
 * Parquet with zstd pages and typed columns: timestamps in ms UTC, offsets as 64-bit integers, texts as UTF-8. Memory
 * is that of one row group, however many rows come.
 */
export async function* parquet(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: UTTERANCE_COLUMNS.length }, ...UTTERANCE_COLUMNS.map(schemaOf)],
    codec: 'ZSTD',
    compressors: { ZSTD: (page: Uint8Array) => new Uint8Array(zstdCompressSync(page)) },
    createdBy: 'Earshot',
  });
  const take = (): Uint8Array => {
    const chunk = bytes.getBytes().slice();
    // The writer's offset in the file goes on counting.
    bytes.index = 0;
    return chunk;
  };
  for await (const group of groups(rows)) {
    const columnData = UTTERANCE_COLUMNS.map((column) => dataOf(column, group));
    await file.write({ columnData, rowGroupSize: ROW_GROUP_ROWS });
    yield take();
  }
  await file.finish();
  yield take();
}

async function* groups(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<readonly UtteranceRow[]> {
  let group: UtteranceRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < ROW_GROUP_ROWS) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const PHYSICAL_TYPES = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  integer: { type: 'INT64' },
} as const satisfies Record<ColumnType, object>;

function schemaOf({ name, type, isNullable }: Column) {
  return { name, ...PHYSICAL_TYPES[type], repetition_type: isNullable ? 'OPTIONAL' : 'REQUIRED' } as const;
}

function dataOf({ name, type, read }: Column, rows: readonly UtteranceRow[]) {
  return { name, data: rows.map((row) => physical(type, read(row))) };
}

function physical(type: ColumnType, value: string | number | null) {
  if (value === null || type === 'string') return value;
  return type === 'timestamp' ? new Date(value) : BigInt(value);
}
