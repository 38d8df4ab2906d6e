import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asEnvFile } from './app-processes.ts';
import { ensureMasterKey, openStateDirectory, writePrivateFile } from './state-directory.ts';

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'earshot-state-'));
});

afterEach(() => rm(checkout, { recursive: true, force: true }));

describe('openStateDirectory', () => {
  it('lets other users pass but not look', async () => {
    const state = await openStateDirectory(checkout);
    expect((await stat(state.root)).mode & 0o777).toBe(0o711);
    expect((await stat(state.logs)).mode & 0o777).toBe(0o700);
  });
});

describe('ensureMasterKey', () => {
  it('makes 32 random bytes once, for the owner only', async () => {
    const { masterKeyFile } = await openStateDirectory(checkout);
    await ensureMasterKey(masterKeyFile);
    const first = await readFile(masterKeyFile, 'utf8');
    await ensureMasterKey(masterKeyFile);
    expect(await readFile(masterKeyFile, 'utf8')).toBe(first);
    expect(Buffer.from(first, 'base64')).toHaveLength(32);
    expect((await stat(masterKeyFile)).mode & 0o777).toBe(0o600);
  });
});

describe('writePrivateFile', () => {
  it('keeps the file private when it replaces another', async () => {
    const file = join(checkout, 'secret');
    await writePrivateFile(file, 'one');
    await writePrivateFile(file, 'two');
    expect(await readFile(file, 'utf8')).toBe('two');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

describe('asEnvFile', () => {
  it('writes one quoted assignment a line', () => {
    expect(asEnvFile({ A: 'b c', D: 'postgres://x' })).toBe("A='b c'\nD='postgres://x'\n");
  });
});
