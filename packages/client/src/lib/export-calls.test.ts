import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEarshotClient } from './create-earshot-client.ts';

const BYTES = Buffer.from('a day of words, '.repeat(10_000));
const FILE = {
  format: 'csv',
  fileName: 'utterances-2026-11-22.csv',
  rowCount: 3,
  byteCount: BYTES.byteLength,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
} as const;
const OTHER = { ...FILE, format: 'jsonl', fileName: 'utterances-2026-11-22.jsonl' } as const;
const UNIT = { revision: 1, closedAt: '', builtAt: '', rowCount: 3, lateRowCount: 0, files: [FILE, OTHER] };

type Serve = (headers: IncomingHttpHeaders, response: ServerResponse, tries: number) => void;
const asked: string[] = [];
const ranges: (string | undefined)[] = [];
const secrets: unknown[] = [];
let manifestFile: object;
let serve: Serve;
let server: Server;
let baseUrl: string;
let directory: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/signed')) {
      secrets.push(request.headers['earshot-api-secret']);
      ranges.push(request.headers.range);
      return serve(request.headers, response, ranges.length);
    }
    asked.push(path);
    const manifest = {
      feed: 'utterances',
      version: '1',
      date: '2026-11-22',
      state: 'closed',
      rowsWritten: 3,
    };
    const answer = path.includes('getfeedfile')
      ? { url: `${baseUrl}/signed?${asked.length}` }
      : path.includes('listfeeddates')
        ? { dates: ['2026-11-22'] }
        : { ...manifest, units: [{ ...UNIT, files: [manifestFile, OTHER] }] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'earshot-download-'));
  asked.splice(0);
  ranges.splice(0);
  manifestFile = FILE;
  serve = whole;
});
afterEach(async () => {
  server.closeAllConnections();
  await rm(directory, { recursive: true });
});
afterAll(() => void server.close());

const whole: Serve = ({ range }, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  response.writeHead(range === undefined ? 200 : 206).end(BYTES.subarray(from));
};
/** Sends so much of what was asked for, then nothing. */
const silentAfter =
  (byteCount: number): Serve =>
  ({ range }, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': BYTES.byteLength - from });
    response.write(BYTES.subarray(from, from + byteCount));
  };

const client = (timeoutMs = 5000) =>
  createEarshotClient({ baseUrl, apiId: 'id', apiSecret: 'secret', timeoutMs, delay: async () => undefined });
const download = async (timeoutMs?: number) =>
  await client(timeoutMs).exports.download('2026-11-22', { format: 'csv', directory });
const saved = async () => await readFile(join(directory, FILE.fileName));

describe('exports.download', () => {
  it('brings the files of one format into the folder', async () => {
    expect(await download()).toEqual([{ ...FILE, path: join(directory, FILE.fileName) }]);
    expect(await readdir(directory)).toEqual([FILE.fileName]);
    expect((await saved()).equals(BYTES)).toBe(true);
  });

  it('goes on where the connection went silent, with a fresh address', async () => {
    serve = (headers, response, tries) => (tries < 3 ? silentAfter(50_000) : whole)(headers, response, tries);
    await download(200);
    expect((await saved()).equals(BYTES)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=50000-', 'bytes=100000-']);
    expect(secrets.every((secret) => secret === undefined)).toBe(true);
    expect(asked.filter((path) => path.includes('getfeedfile'))).toHaveLength(3);
  });

  it('goes on with what an earlier run left', async () => {
    await writeFile(join(directory, `${FILE.fileName}.part`), BYTES.subarray(0, 1000));
    await download();
    expect(ranges).toEqual(['bytes=1000-']);
    expect((await saved()).equals(BYTES)).toBe(true);
  });

  it.each([
    { what: 'other bytes', left: Buffer.from('x'.repeat(1000)) },
    { what: 'too many bytes', left: Buffer.concat([BYTES, BYTES]) },
    { what: 'as many bytes, but others', left: Buffer.alloc(BYTES.byteLength) },
  ])('begins anew where $what were left', async ({ left }) => {
    await writeFile(join(directory, `${FILE.fileName}.part`), left);
    await download();
    expect((await saved()).equals(BYTES)).toBe(true);
  });

  it('takes a server that answers no ranges', async () => {
    await writeFile(join(directory, `${FILE.fileName}.part`), BYTES.subarray(0, 1000));
    serve = (_headers, response) => void response.writeHead(200).end(BYTES);
    await download();
    expect((await saved()).equals(BYTES)).toBe(true);
  });

  it('brings a file of no bytes: a day on which nobody spoke', async () => {
    manifestFile = { ...FILE, byteCount: 0, sha256: createHash('sha256').digest('hex') };
    serve = (_headers, response) => void response.writeHead(200).end();
    await download();
    expect(await readdir(directory)).toEqual([FILE.fileName]);
    expect(await saved()).toHaveLength(0);
  });

  it('asks for nothing that is there already', async () => {
    await writeFile(join(directory, FILE.fileName), BYTES);
    await download();
    expect(ranges).toEqual([]);
  });

  it('refuses bytes that are not those of the manifest, and leaves no file', async () => {
    serve = (_headers, response) => void response.writeHead(200).end(Buffer.alloc(BYTES.byteLength));
    await expect(download()).rejects.toMatchObject({ code: 'client.bad-answer' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('gives a silent body up', async () => {
    serve = (_headers, response) => void response.writeHead(200).write('x');
    await expect(download(20)).rejects.toMatchObject({ code: 'client.unreachable', retryable: true });
  });

  it.each(['../up.csv', '/etc/passwd', '.hidden', 'a/b.csv'])(
    'saves nothing under the name %s',
    async (fileName) => {
      manifestFile = { ...FILE, fileName };
      await expect(download()).rejects.toMatchObject({ code: 'client.bad-answer' });
      expect(await readdir(directory)).toEqual([]);
    },
  );

  it('tells an hour that is not built', async () => {
    const options = { format: 'csv', directory, interval: 'hr=13' } as const;
    const downloading = client().exports.download('2026-11-22', options);
    await expect(downloading).rejects.toMatchObject({ code: 'client.not-built' });
  });
});

describe('exports.files', () => {
  it('gives each file as it is there', async () => {
    const names: string[] = [];
    for await (const { fileName } of client().exports.files('2026-11-22', { format: 'csv', directory })) {
      names.push(fileName);
    }
    expect(names).toEqual([FILE.fileName]);
  });
});

describe('exports.listDates', () => {
  it('lists days', async () => {
    expect(await client().exports.listDates()).toEqual(['2026-11-22']);
  });
});
