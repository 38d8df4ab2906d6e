import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '@earshot/services';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseSecondStart, writeRuntimeFile } from './runtime-file.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'earshot-runtime-'));
  file = join(directory, 'runtime.json');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe('writeRuntimeFile', () => {
  it('tells the addresses and the process, to the owner only', async () => {
    await writeRuntimeFile(file, {
      baseUrl: 'http://127.0.0.1:1',
      kinesisEndpoint: 'http://127.0.0.1:2',
      appUrls: { ingest: 'http://127.0.0.1:3' },
    });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      baseUrl: 'http://127.0.0.1:1',
      kinesisEndpoint: 'http://127.0.0.1:2',
      appUrls: { ingest: 'http://127.0.0.1:3' },
      pid: process.pid,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

describe('refuseSecondStart', () => {
  it('refuses beside a start that is still running', async () => {
    const identity = await processIdentity(process.ppid);
    await writeFile(file, JSON.stringify({ pid: process.ppid, identity, baseUrl: 'http://127.0.0.1:1' }));
    await expect(refuseSecondStart(file)).rejects.toThrow(`process ${process.ppid}, http://127.0.0.1:1`);
  });

  it.each([
    { name: 'no file', text: undefined },
    { name: 'a file cut short', text: '{"pid":1' },
    {
      name: 'a number that another process has now',
      text: JSON.stringify({ pid: process.ppid, identity: 'other' }),
    },
  ])('goes on with $name', async ({ text }) => {
    if (text !== undefined) await writeFile(file, text);
    await expect(refuseSecondStart(file)).resolves.toBe(undefined);
  });
});
