import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMasterKey } from './master-key.ts';

const key = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
const base64 = Buffer.from(key).toString('base64');
const base64url = Buffer.from(key).toString('base64url');

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'earshot-vault-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function fileWith(content: Uint8Array | string): Promise<string> {
  const file = join(directory, 'master.key');
  await writeFile(file, content);
  return file;
}

describe('readMasterKey', () => {
  it.each([base64, base64url, ` ${base64}\n`])('reads %j', async (given) => {
    expect(new Uint8Array(await readMasterKey({ key: given }))).toEqual(key);
  });

  it.each([key, base64, `${base64}\n`, base64url])('reads a file with %j', async (given) => {
    expect(new Uint8Array(await readMasterKey({ file: await fileWith(given) }))).toEqual(key);
  });

  const invalid = ['', 'short', `${base64}A`, base64.slice(4), `*${base64.slice(1)}`, 'aa'.repeat(32)];
  it.each(invalid)('refuses %j without showing it', async (given) => {
    for (const source of [{ key: given }, { file: await fileWith(given) }]) {
      const failure: unknown = await readMasterKey(source).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'vault.invalid-master-key', retryable: false });
      expect(String(failure).includes(given === '' ? '*' : given)).toBe(false);
    }
  });

  it('wants exactly one source', async () => {
    await expect(readMasterKey({})).rejects.toMatchObject({ code: 'vault.invalid-master-key' });
    await expect(readMasterKey({ key: base64, file: 'x' })).rejects.toMatchObject({
      code: 'vault.invalid-master-key',
    });
  });

  it('names a file it cannot read', async () => {
    const file = join(directory, 'absent.key');
    await expect(readMasterKey({ file })).rejects.toThrow(`Cannot read master key file ${file}`);
  });
});
