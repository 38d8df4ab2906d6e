import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../verb.ts';
import { redaction } from './redaction.ts';

const POLICY = {
  mode: 'custom',
  mask: 'hash',
  entities: { customer: ['PIN'], agent: [] },
  customRules: [{ name: 'MEMBER', pattern: 'm-[0-9]+' }],
  forced: false,
  revision: 4,
  updatedAt: '2026-11-23T12:00:00.000Z',
};
const entity = (id: string, autoTranscribe: boolean) => ({
  id,
  description: `What ${id} is`,
  policies: { autoTranscribe },
});

const asked: { method: string; path: string; body: unknown }[] = [];
let server: Server;
let folder: string;
let baseUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-redaction-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const path = request.url ?? '';
      asked.push({ method: request.method ?? '', path, body: text === '' ? undefined : JSON.parse(text) });
      const body = path.includes('redaction-policy')
        ? POLICY
        : path.includes('redaction-entities/')
          ? entity(path.split('/').at(-1) ?? '', request.method === 'PATCH')
          : {
              redactionEntities: [entity('CVV', true), entity('EMAIL', false)],
              nextCursor: null,
              prevCursor: null,
            };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
beforeEach(() => void asked.splice(0));
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function run(...args: readonly string[]) {
  const lines: string[] = [];
  const told: string[] = [];
  const io = {
    out: (line: string) => void lines.push(line),
    err: (line: string) => void told.push(line),
    input: (async function* () {})(),
    terminal: undefined,
    cwd: folder,
    signal: new AbortController().signal,
  };
  const system = ['--base-url', baseUrl, '--api-id', 'id', '--api-secret', 'secret'];
  const exitCode = await redaction.run([...args, ...system], io);
  return { exitCode, lines, told };
}

describe('earshot redaction', () => {
  it('lists entities for people and for programs', async () => {
    expect(await run('list')).toEqual({
      exitCode: 0,
      told: [],
      lines: ['on   CVV    What CVV is', 'off  EMAIL  What EMAIL is'],
    });
    const { lines } = await run('list', '--json');
    expect(JSON.parse(lines.join(''))).toEqual({
      redactionEntities: [entity('CVV', true), entity('EMAIL', false)],
    });
  });

  it.each([
    { word: 'enable', autoTranscribe: true },
    { word: 'disable', autoTranscribe: false },
  ])('sends what $word says, one entity after the other', async ({ word, autoTranscribe }) => {
    await run(word, 'EMAIL', 'ZIP');
    expect(asked).toEqual(
      ['EMAIL', 'ZIP'].map((id) => ({
        method: 'PATCH',
        path: `/configuration/v1/redaction-entities/${id}`,
        body: { policies: { autoTranscribe } },
      })),
    );
  });

  it('shows the policy, and replaces it where a mode or a file is given', async () => {
    expect((await run('policy')).lines).toEqual([
      'mode      custom',
      'mask      hash',
      'customer  PIN',
      'agent     none',
      'rule      MEMBER=m-[0-9]+',
      'revision  4',
    ]);
    const { lines } = await run('policy', '--mode', 'strict', '--mask', 'label', '--json');
    expect(JSON.parse(lines.join(''))).toEqual(POLICY);
    const file = join(folder, 'policy.json');
    await writeFile(file, lines.join(''));
    await run('policy', '--file', file);
    const path = '/earshot/v1/redaction-policy';
    expect(asked).toEqual([
      { method: 'GET', path, body: undefined },
      { method: 'PUT', path, body: { mode: 'strict', mask: 'label' } },
      { method: 'PUT', path, body: POLICY },
    ]);
  });

  it('tells which fields of a file the policy does not have', async () => {
    const file = join(folder, 'mistyped.json');
    await writeFile(file, JSON.stringify({ ...POLICY, masc: 'label' }));
    expect((await run('policy', '--file', file, '--json')).told).toEqual([
      'Ignored, since a policy has no such field: masc',
    ]);
  });

  it.each([
    [],
    ['enable'],
    ['list', 'CVV'],
    ['list', '--mode', 'strict'],
    ['enable', 'CVV', '--agent', 'all'],
    ['mask'],
    ['policy', '--mask', 'label'],
  ])('says what is expected instead of %j', async (...args) => {
    await expect(run(...args.flat())).rejects.toThrow(UsageError);
    expect(asked).toEqual([]);
  });
});
