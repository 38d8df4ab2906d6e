import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '@earshot/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CliError, UsageError, type CliIo } from '../verb.ts';
import { recording } from './recording.ts';

const BYTES = 'both sides of the call';
const sha256 = createHash('sha256').update(BYTES).digest('hex');
const READY: Recording = {
  leg: 1,
  sessionId: 's-1',
  state: 'ready',
  startedAt: '2026-11-23T12:00:00.000Z',
  durationMs: 83_420,
  byteCount: BYTES.length,
  wavByteCount: BYTES.length,
  sha256,
  holes: [],
};
const RUNNING: Recording = {
  leg: 2,
  sessionId: 's-2',
  state: 'recording',
  durationMs: 9000,
  holes: [
    { fromMs: 0, toMs: 500 },
    { fromMs: 1000, toMs: 2000 },
  ],
};
let recordings: readonly Recording[];
/** What there is after the next look. */
let finishNext: readonly Recording[] | undefined;
let server: Server;
let folder: string;
let baseUrl: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url?.endsWith('/recordings') === true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ recordings }));
      recordings = finishNext ?? recordings;
      return;
    }
    response.writeHead(200, { etag: `"${sha256}"`, 'content-length': BYTES.length }).end(BYTES);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-recording-'));
  recordings = [READY];
  finishNext = undefined;
  return () => rm(folder, { recursive: true });
});
afterAll(() => void server.close());

async function run(...args: readonly string[]) {
  return await runOn(undefined, ...args);
}

async function runOn(terminal: CliIo['terminal'], ...args: readonly string[]) {
  const lines: string[] = [];
  const told: string[] = [];
  const io = {
    out: (line: string) => void lines.push(line),
    err: (line: string) => void told.push(line),
    input: (async function* () {})(),
    terminal,
    cwd: folder,
    signal: new AbortController().signal,
  };
  const system = ['--base-url', baseUrl, '--api-id', 'id', '--api-secret', 'secret'];
  return { exitCode: await recording.run([...args, ...system], io), lines, told };
}

const NOTHING_OF = (what: string) => `Nothing was recorded of ${what} so far
  Its start has to say audioRecordingAllowed. The first 10 s of a call are stored together:
  --wait SECONDS waits for it`;

describe('earshot recording', () => {
  it('saves each leg under a name of its own', async () => {
    recordings = [READY, { ...READY, leg: 2 }];
    const { lines } = await run('a/b');
    expect(await readdir(folder)).toEqual(['a_b-1.mkv', 'a_b-2.mkv']);
    expect(lines[0]).toBe(`${join(folder, 'a_b-1.mkv')}  83.4 s  ${BYTES.length} bytes  sha256 ${sha256}`);
    expect(await readFile(join(folder, 'a_b-2.mkv'), 'utf8')).toBe(BYTES);
  });

  it('saves one leg where it is told, and tells programs of it', async () => {
    recordings = [READY, { ...READY, leg: 2 }];
    const { lines } = await run('g', '--leg', '2', '--format', 'wav', '--out', 'x/call.wav', '--json');
    const path = join(folder, 'x', 'call.wav');
    expect(JSON.parse(lines.join(''))).toEqual({ path, format: 'wav', ...READY, leg: 2 });
    expect(await readFile(path, 'utf8')).toBe(BYTES);
  });

  it('waits for what is recorded still', async () => {
    recordings = [];
    finishNext = [READY];
    const { lines, told } = await run('g', '--wait', '60', '--json');
    expect(told).toEqual(['Waiting: nothing is stored yet']);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ leg: 1, state: 'ready' }]);
  });

  it('shows people how far it is, and clears that away', async () => {
    let shown = '';
    const terminal = { columns: () => 80, write: (text: string) => void (shown += text) };
    const { lines } = await runOn(terminal, 'g');
    expect(shown).toBe('\r100 %\r\u001b[K');
    expect(lines).toHaveLength(1);
  });

  it('lists what there is', async () => {
    recordings = [READY, RUNNING];
    expect((await run('g', '--list')).lines).toEqual([
      `leg 1  ready  2026-11-23T12:00:00.000Z  83.4 s  ${BYTES.length} bytes`,
      'leg 2  recording  9.0 s  1.5 s lost in 2 places',
    ]);
    expect((await run('g', '--list', '--json', '--leg', '2')).lines).toEqual([JSON.stringify(RUNNING)]);
    recordings = [];
    expect((await run('g', '--list')).lines).toEqual(['Nothing was recorded']);
  });

  it.each<{ given: readonly Recording[]; args: readonly string[]; want: string }>([
    {
      given: [],
      args: [],
      want: NOTHING_OF('this call'),
    },
    {
      given: [READY],
      args: ['--leg', '3'],
      want: NOTHING_OF('leg 3 of this call'),
    },
    { given: [RUNNING], args: [], want: 'Leg 2 is recording so far\n  --wait SECONDS waits for it' },
    { given: [READY, RUNNING], args: ['--out', 'x'], want: 'Say with --leg which is meant: 1, 2' },
  ])('says $want', async ({ given, args, want }) => {
    recordings = given;
    await expect(run('g', ...args)).rejects.toThrow(new CliError(want));
  });

  it.each([
    [],
    ['a', 'b'],
    ['g', '--format', 'mp3'],
    ['g', '--leg', '0'],
    ['g', '--wait', '0'],
    ['g', '--out', '.'],
  ])('says what is expected instead of %j %j %j', async (...args) => {
    await expect(run(...args.filter((arg) => typeof arg === 'string'))).rejects.toThrow(UsageError);
  });
});
