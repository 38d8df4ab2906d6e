import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { encodeUtterances, EXPORT_FORMATS, type ExportFormat } from '@earshot/export-files';
import { countOption, type BenchContext } from '../bench.ts';
import { exportRows } from '../export-rows.ts';

const ROWS_DEFAULT = 1_000_000;
const MEBIBYTE = 1024 ** 2;
const RSS_EVERY_MS = 50;

/** A day of utterances to a file of each format, then DuckDB writing the same rows to the same formats. */
export async function exportFiles(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { rows: { type: 'string' } } });
  const rows = countOption('rows', values.rows, ROWS_DEFAULT);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-export-'));
  try {
    // All of ours before DuckDB is loaded, so that its memory is not counted here.
    for (const format of EXPORT_FORMATS) await writeOurs(context, folder, format, rows);
    for (const format of EXPORT_FORMATS) await writeDuckDb(context, folder, format, rows);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeOurs(
  context: BenchContext,
  folder: string,
  format: ExportFormat,
  rows: number,
): Promise<void> {
  const file = join(folder, `ours.${format}`);
  const rss = watchRss();
  const startedAt = performance.now();
  const bytes = Readable.from(encodeUtterances(format, exportRows(rows)), { objectMode: true });
  await pipeline(bytes, createWriteStream(file), { signal: context.signal });
  await report(context, { file, format, rows, peer: 'ours', startedAt });
  const { early, late } = rss.stop();
  const params = { format, rows };
  const unit = 'MiB';
  context.print({ bench: 'export', metric: 'rss', unit, value: late, peer: 'ours', params });
  context.print({ bench: 'export', metric: 'rssGrowth', unit, value: late - early, peer: 'ours', params });
}

/** Out of our Parquet file, one thread as ours. */
async function writeDuckDb(
  context: BenchContext,
  folder: string,
  format: ExportFormat,
  rows: number,
): Promise<void> {
  context.signal.throwIfAborted();
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const duckdb = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const file = join(folder, `duckdb.${format}`);
  const options = { jsonl: 'format json', csv: 'format csv, header', parquet: 'format parquet, codec zstd' };
  const source = join(folder, 'ours.parquet');
  const startedAt = performance.now();
  await duckdb.run(`copy (select * from '${source}') to '${file}' (${options[format]})`);
  await report(context, { file, format, rows, peer: 'duckdb', startedAt });
  duckdb.closeSync();
}

interface Written {
  readonly file: string;
  readonly format: ExportFormat;
  readonly rows: number;
  readonly peer: string;
  readonly startedAt: number;
}

async function report(
  context: BenchContext,
  { file, format, rows, peer, startedAt }: Written,
): Promise<void> {
  const seconds = (performance.now() - startedAt) / 1000;
  const params = { format, rows };
  context.print({
    bench: 'export',
    metric: 'throughput',
    unit: 'rows/s',
    value: rows / seconds,
    peer,
    params,
  });
  const { size } = await stat(file);
  context.print({ bench: 'export', metric: 'size', unit: 'MiB', value: size / MEBIBYTE, peer, params });
  context.say(`${peer} ${format}: ${seconds.toFixed(1)} s`);
}

/** The most of the first half and of the second: they are alike where memory does not grow with the rows. */
function watchRss(): { stop: () => { early: number; late: number } } {
  const samples = [process.memoryUsage.rss()];
  const timer = setInterval(() => samples.push(process.memoryUsage.rss()), RSS_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      samples.push(process.memoryUsage.rss());
      const half = Math.ceil(samples.length / 2);
      const most = (some: readonly number[]): number => Math.max(...some) / MEBIBYTE;
      return { early: most(samples.slice(0, half)), late: most(samples.slice(half)) };
    },
  };
}
