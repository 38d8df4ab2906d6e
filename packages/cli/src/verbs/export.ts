import { resolve } from 'node:path';
import { createEarshotClient, type DownloadedFile, type EarshotClient } from '@earshot/client';
import { oneOf, parseArguments } from '../arguments.ts';
import { API_OPTIONS, apiNamed, findRunningApi } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const FORMATS = ['jsonl', 'csv', 'parquet'] as const;
const DAY_MS = 86_400_000;

const OPTIONS = {
  date: { type: 'string' },
  format: { type: 'string' },
  interval: { type: 'string' },
  out: { type: 'string' },
  list: { type: 'boolean' },
  rebuild: { type: 'boolean' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** `export` is a word of the language. */
export const exportDay: Verb = {
  name: 'export',
  summary: 'a day of utterances as a file: download with resume and checksum, list, rebuild',
  help: `earshot export [options]

Downloads the file of a day; a download that broke off is gone on with, and nothing has its name before its
checksum is right.
  --date DAY            a UTC day such as 2026-11-22 (default: yesterday)
  --format F            jsonl (default), csv or parquet
  --interval HOUR       one hour, such as hr=13 (default: the whole day)
  --out DIR             folder for it (default: here)
  --list                the days there are, instead
  --rebuild             asks for the day to be built again, instead; the key needs the scope admin
  --json                one JSON object
  --base-url URL, --api-id ID, --api-secret SECRET
                        a system other than the one npm start runs here; the key needs the scope export:read`,
  remedies: {
    '404-01': 'A day is built at 02:00 UTC of the next one: earshot export --list tells which there are',
  },
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    if (positionals.length > 0) throw new UsageError(`there is no place for ${positionals.join(' ')}`);
    const format = oneOf('format', values.format, FORMATS, 'jsonl');
    const date = dateOf(values.date);
    const { interval } = values;
    if (interval !== undefined && !/^hr=([01]\d|2[0-3])$/.test(interval)) {
      throw new UsageError(`Cannot use --interval ${interval}: expected an hour such as hr=13`);
    }
    const { exports } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    if (values.list === true) return await list(exports, values, io);
    if (values.rebuild === true) return await rebuild(exports, date, values, io);
    const directory = resolve(io.cwd, values.out ?? '.');
    const files = await exports.download(date, {
      format,
      directory,
      signal: io.signal,
      ...(interval === undefined ? {} : { interval }),
    });
    report(files, date, values, io);
    return 0;
  },
};

function dateOf(text: string | undefined): string {
  if (text === undefined) return new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  throw new UsageError(`Cannot use --date ${text}: expected a day such as 2026-11-22`);
}

async function list(exports: EarshotClient['exports'], values: Values, io: CliIo): Promise<number> {
  const dates = await exports.listDates();
  if (values.json === true) io.out(JSON.stringify({ dates }));
  else if (dates.length === 0) io.out('No days yet: each is built at 02:00 UTC of the next one');
  else for (const date of dates) io.out(date);
  return 0;
}

async function rebuild(
  exports: EarshotClient['exports'],
  date: string,
  values: Values,
  io: CliIo,
): Promise<number> {
  const asked = await exports.rebuild(date);
  io.out(values.json === true ? JSON.stringify(asked) : `${date} will be built again`);
  return 0;
}

function report(files: readonly DownloadedFile[], date: string, values: Values, io: CliIo): void {
  if (values.json === true) return io.out(JSON.stringify({ date, files }));
  if (files.length === 0) io.out(`Nothing was said in ${values.interval ?? date}`);
  for (const { path, rowCount, byteCount, sha256 } of files) {
    io.out(`${path}  ${rowCount} rows  ${byteCount} bytes  sha256 ${sha256}`);
  }
}
