import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedHomeFor } from './shared-home.ts';

let base: string;
let shared: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'earshot-home-'));
  shared = join(base, 'shared');
  await mkdir(shared);
});

afterEach(() => rm(base, { recursive: true, force: true }));

async function wantedDirectory(name: string): Promise<string> {
  const directory = join(base, name);
  await mkdir(directory);
  return directory;
}

describe('sharedHomeFor', () => {
  it('gives a directory the same home at every start, and another one another', async () => {
    const [one, two] = [await wantedDirectory('one'), await wantedDirectory('two')];
    const home = await sharedHomeFor(one, shared);
    expect(await sharedHomeFor(one, shared)).toBe(home);
    expect(await sharedHomeFor(two, shared)).not.toBe(home);
  });

  it('goes with a directory that was moved', async () => {
    const one = await wantedDirectory('one');
    const home = await sharedHomeFor(one, shared);
    await rename(one, join(base, 'moved'));
    expect(await sharedHomeFor(join(base, 'moved'), shared)).toBe(home);
  });

  it('does not share a home with a copy', async () => {
    const one = await wantedDirectory('one');
    const home = await sharedHomeFor(one, shared);
    await cp(one, join(base, 'copy'), { recursive: true });
    expect(await sharedHomeFor(join(base, 'copy'), shared)).not.toBe(home);
    expect(await sharedHomeFor(one, shared)).toBe(home);
  });

  it('removes the homes of directories that are gone', async () => {
    const one = await wantedDirectory('one');
    await sharedHomeFor(one, shared);
    await mkdir(join(shared, 'somebody-else'));
    await rm(one, { recursive: true });
    const home = await sharedHomeFor(await wantedDirectory('two'), shared);
    expect((await readdir(shared)).toSorted()).toEqual(
      [home.slice(shared.length + 1), 'somebody-else'].toSorted(),
    );
  });
});
