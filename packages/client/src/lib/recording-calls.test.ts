import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '@earshot/api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEarshotClient } from './create-earshot-client.ts';

const BYTES = Buffer.from('both sides of a call, '.repeat(10_000));
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const READY: Recording = {
  leg: 1,
  sessionId: 's',
  state: 'ready',
  durationMs: 1000,
  byteCount: BYTES.byteLength,
  wavByteCount: BYTES.byteLength,
  sha256: SHA256,
  holes: [],
};

type Serve = (request: IncomingMessage, response: ServerResponse, tries: number) => void;

/** As the server does it: 206 for a range of what `If-Range` names. */
const file =
  (bytes: Buffer, send: (response: ServerResponse, part: Buffer) => void): Serve =>
  ({ headers, url = '' }, response) => {
    const etag = url.includes('format=wav') ? `"${SHA256}-wav"` : `"${SHA256}"`;
    const ifRange = headers['if-range'];
    const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const isPart = first !== '' && (ifRange === undefined || ifRange === etag);
    const from = isPart ? Number(first) : 0;
    const to = isPart && last !== '' ? Number(last) : bytes.byteLength - 1;
    const part = bytes.subarray(from, to + 1);
    response.writeHead(isPart ? 206 : 200, {
      'content-type': 'video/x-matroska',
      'content-length': part.byteLength,
      ...(isPart ? { 'content-range': `bytes ${from}-${to}/${bytes.byteLength}` } : {}),
      etag,
    });
    send(response, part);
  };
const whole = file(BYTES, (response, part) => void response.end(part));
const cutAfter = (byteCount: number): Serve =>
  file(BYTES, (response, part) => {
    response.write(part.subarray(0, byteCount), () => void response.destroy());
  });
const refuse =
  (status: number, code: string): Serve =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ detail: 'Not finished', code, requestId: 'r-1' }));
  };

async function setUp(serve: Serve = whole, recordings: readonly Recording[] = [READY]) {
  const asked: { readonly url: string; readonly range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    if (url.endsWith('/recordings')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ recordings }));
    }
    asked.push({ url, range: headers.range });
    serve(request, response, asked.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const directory = await mkdtemp(join(tmpdir(), 'earshot-recording-'));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { calls } = createEarshotClient({
    baseUrl: `http://127.0.0.1:${port}`,
    apiId: 'id',
    apiSecret: 'secret',
    delay: async () => undefined,
    timeoutMs: 1000,
  });
  return { calls, asked, directory, path: join(directory, 'deep', 'call.mkv') };
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('calls.recordings', () => {
  it('lists the legs', async () => {
    const { calls } = await setUp();
    expect(await calls.recordings('a/b')).toEqual([READY]);
  });
});

describe('calls.recording', () => {
  it('streams the file and tells what it is', async () => {
    const { calls, asked } = await setUp();
    const { bytes, ...told } = await calls.recording('a/b', { format: 'mkv', leg: 2 });
    expect(told).toEqual({
      contentType: 'video/x-matroska',
      byteCount: BYTES.byteLength,
      totalByteCount: BYTES.byteLength,
      etag: `"${SHA256}"`,
    });
    expect((await collect(bytes)).equals(BYTES)).toBe(true);
    expect(asked).toEqual([{ url: '/earshot/v1/calls/a%2Fb/recording?format=mkv&leg=2', range: undefined }]);
  });

  it('streams a range', async () => {
    const { calls } = await setUp();
    const { bytes, byteCount, totalByteCount } = await calls.recording('g', { range: { from: 10, to: 19 } });
    expect({ byteCount, totalByteCount }).toEqual({ byteCount: 10, totalByteCount: BYTES.byteLength });
    expect((await collect(bytes)).equals(BYTES.subarray(10, 20))).toBe(true);
  });

  it.each<{ given: object; want: readonly (string | undefined)[] }>([
    { given: {}, want: [undefined, 'bytes=50000-219999', 'bytes=100000-219999'] },
    { given: { range: { from: 1000 } }, want: ['bytes=1000-', 'bytes=51000-219999', 'bytes=101000-219999'] },
  ])('goes on where the connection broke, with $given', async ({ given, want }) => {
    const { calls, asked } = await setUp((request, response, tries) =>
      (tries < 3 ? cutAfter(50_000) : whole)(request, response, tries),
    );
    const { bytes } = await calls.recording('g', given);
    const from = 'range' in given ? 1000 : 0;
    expect((await collect(bytes)).equals(BYTES.subarray(from))).toBe(true);
    expect(asked.map(({ range }) => range)).toEqual(want);
  });

  it('gives up after five connections that bring nothing', async () => {
    const { calls, asked } = await setUp(cutAfter(0));
    const reading = calls.recording('g').then(({ bytes }) => collect(bytes));
    await expect(reading).rejects.toMatchObject({ code: 'client.unreachable', retryable: true });
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it('refuses other bytes than were announced', async () => {
    const { calls } = await setUp(
      file(Buffer.alloc(BYTES.byteLength), (response, part) => void response.end(part)),
    );
    const { bytes } = await calls.recording('g');
    await expect(collect(bytes)).rejects.toMatchObject({ code: 'client.bad-answer' });
  });

  it('tells what is in the way', async () => {
    const { calls } = await setUp(refuse(409, '409-01'));
    await expect(calls.recording('g')).rejects.toMatchObject({
      code: '409-01',
      message: 'Not finished',
      requestId: 'r-1',
    });
  });
});

describe('calls.downloadRecording', () => {
  it.each(['mkv', 'wav'] as const)('brings the %s to the path and tells how far it is', async (format) => {
    const { calls, path } = await setUp();
    const seen: (readonly [number, number])[] = [];
    const onProgress = (...progress: readonly [number, number]) => void seen.push(progress);
    expect(await calls.downloadRecording('g', { path, format, onProgress })).toEqual({
      recording: READY,
      byteCount: BYTES.byteLength,
    });
    expect((await readFile(path)).equals(BYTES)).toBe(true);
    expect(seen.at(-1)).toEqual([BYTES.byteLength, BYTES.byteLength]);
    expect(await readdir(join(path, '..'))).toEqual(['call.mkv']);
  });

  it('goes on with what an earlier run left', async () => {
    const { calls, asked, directory } = await setUp();
    const path = join(directory, 'call.mkv');
    await writeFile(`${path}.part`, BYTES.subarray(0, 1000));
    await calls.downloadRecording('g', { path });
    expect(asked).toEqual([{ url: '/earshot/v1/calls/g/recording?leg=1', range: 'bytes=1000-' }]);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
  });

  it('asks for nothing that is there already', async () => {
    const { calls, asked, directory } = await setUp();
    const path = join(directory, 'call.mkv');
    await writeFile(path, BYTES);
    await calls.downloadRecording('g', { path });
    expect(asked).toEqual([]);
  });

  it('ends when it is told to, and goes on from there the next time', async () => {
    const silent = file(BYTES, (response, part) => void response.write(part.subarray(0, 1000)));
    const { calls, asked, path } = await setUp((request, response, tries) =>
      (tries === 1 ? silent : whole)(request, response, tries),
    );
    const stop = new AbortController();
    const reason = new Error('Interrupted');
    const onProgress = () => stop.abort(reason);
    const stopped = calls.downloadRecording('g', { path, onProgress, signal: stop.signal });
    await expect(stopped).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
    await calls.downloadRecording('g', { path });
    expect(asked.at(-1)?.range).toBe('bytes=1000-');
    expect((await readFile(path)).equals(BYTES)).toBe(true);
  });

  it('leaves no file of other bytes', async () => {
    const { calls, directory } = await setUp(
      file(Buffer.alloc(BYTES.byteLength), (response, part) => void response.end(part)),
    );
    const downloading = calls.downloadRecording('g', { path: join(directory, 'call.mkv') });
    await expect(downloading).rejects.toMatchObject({ code: 'client.bad-answer' });
    expect(await readdir(directory)).toEqual([]);
  });

  it.each<{ given: string; recordings: readonly Recording[] }>([
    { given: 'nothing was recorded', recordings: [] },
    { given: 'several legs were', recordings: [READY, { ...READY, leg: 2 }] },
    {
      given: 'it is not finished',
      recordings: [{ leg: 1, sessionId: 's', state: 'finishing', durationMs: 1, holes: [] }],
    },
  ])('tells what the server says where $given', async ({ recordings }) => {
    const { calls, path } = await setUp(refuse(409, '409-01'), recordings);
    await expect(calls.downloadRecording('g', { path })).rejects.toMatchObject({ code: '409-01' });
  });
});
