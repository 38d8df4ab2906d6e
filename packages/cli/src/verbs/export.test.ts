import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../verb.ts';
import { exportDay } from './export.ts';

const WORDS = '{"utterance":"hello"}\n';
const sha256 = createHash('sha256').update(WORDS).digest('hex');
const fileOf = (format: string) => ({
  format,
  fileName: `utterances-2026-11-22.${format}`,
  rowCount: 1,
  byteCount: WORDS.length,
  sha256,
});
const asked: string[] = [];
let server: Server;
let folder: string;
let dates: readonly string[];
let baseUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-export-'));
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method ?? ''} ${path}`);
    if (path === '/signed') return void response.end(WORDS);
    const unit = { revision: 1, closedAt: '', builtAt: '', rowCount: 1, lateRowCount: 0 };
    const answer = path.includes('getfeedfile')
      ? { url: `${baseUrl}/signed` }
      : path.includes('listfeeddates')
        ? { dates }
        : path.endsWith('rebuild')
          ? { date: '2026-11-22', state: 'waiting' }
          : {
              units: [
                { ...unit, files: ['jsonl', 'csv'].map(fileOf) },
                { ...unit, interval: 'hr=00', files: [] },
              ],
            };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
beforeEach(() => {
  asked.splice(0);
  dates = ['2026-11-21', '2026-11-22'];
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function run(...args: readonly string[]) {
  const lines: string[] = [];
  const io = {
    out: (line: string) => void lines.push(line),
    err: () => undefined,
    input: (async function* () {})(),
    terminal: undefined,
    cwd: folder,
    signal: new AbortController().signal,
  };
  const system = ['--base-url', baseUrl, '--api-id', 'id', '--api-secret', 'secret'];
  return { exitCode: await exportDay.run([...args, ...system], io), lines };
}

describe('earshot export', () => {
  it('saves the file of the day, for people and for programs', async () => {
    const path = join(folder, 'out', 'utterances-2026-11-22.jsonl');
    expect(await run('--date', '2026-11-22', '--out', 'out')).toEqual({
      exitCode: 0,
      lines: [`${path}  1 rows  ${WORDS.length} bytes  sha256 ${sha256}`],
    });
    expect(await readFile(path, 'utf8')).toBe(WORDS);
    const { lines } = await run('--date', '2026-11-22', '--out', 'out', '--json');
    expect(JSON.parse(lines.join(''))).toEqual({ date: '2026-11-22', files: [{ ...fileOf('jsonl'), path }] });
  });

  it('takes another format', async () => {
    await run('--date', '2026-11-22', '--format', 'csv');
    expect(await readFile(join(folder, 'utterances-2026-11-22.csv'), 'utf8')).toBe(WORDS);
  });

  it('is of yesterday unless told otherwise', async () => {
    await run();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect(asked[0]).toBe(`GET /earshot/v1/exports/${yesterday}`);
  });

  it('says that nothing was said', async () => {
    expect((await run('--interval', 'hr=00')).lines).toEqual(['Nothing was said in hr=00']);
  });

  it('lists days and asks for a rebuild', async () => {
    expect((await run('--list')).lines).toEqual(['2026-11-21', '2026-11-22']);
    expect((await run('--list', '--json')).lines).toEqual(['{"dates":["2026-11-21","2026-11-22"]}']);
    await run('--rebuild', '--date', '2026-11-22');
    expect(asked.at(-1)).toBe('POST /earshot/v1/exports/2026-11-22/rebuild');
  });

  it('says when there are days where there are none yet', async () => {
    dates = [];
    expect((await run('--list')).lines).toEqual(['No days yet: each is built at 02:00 UTC of the next one']);
    expect((await run('--list', '--json')).lines).toEqual(['{"dates":[]}']);
  });

  it.each([['--date', 'yesterday'], ['--format', 'xml'], ['--interval', '13'], ['2026-11-22']])(
    'refuses %s %s',
    async (...args) => {
      await expect(run(...args)).rejects.toThrow(UsageError);
      expect(asked).toEqual([]);
    },
  );
});
