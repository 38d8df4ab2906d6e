import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSystemPostgres } from './system-postgres.ts';

describe('findSystemPostgres', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'earshot-test-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function install(version: string, programs: readonly string[]): Promise<void> {
    await mkdir(join(root, version, 'bin'), { recursive: true });
    for (const program of programs) await writeFile(join(root, version, 'bin', program), '');
  }

  it('takes the newest server, not what is only a client', async () => {
    await install('9', ['postgres', 'initdb']);
    await install('15', ['postgres', 'initdb']);
    await install('17', ['psql']);
    expect(findSystemPostgres(root)).toEqual({
      majorVersion: 15,
      postgres: join(root, '15', 'bin', 'postgres'),
      initdb: join(root, '15', 'bin', 'initdb'),
    });
  });

  it('finds none where no package brought one', () => {
    expect(findSystemPostgres(root)).toBeUndefined();
    expect(findSystemPostgres(join(root, 'none'))).toBeUndefined();
  });
});
