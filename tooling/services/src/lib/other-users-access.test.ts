import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReachableByOthers, isReadableByOthers } from './other-users-access.ts';

let base: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'earshot-access-'));
  await chmod(base, 0o755);
  await mkdir(join(base, 'private'));
  await mkdir(join(base, 'private', 'inner'));
  await chmod(join(base, 'private'), 0o700);
  await writeFile(join(base, 'secret'), '', { mode: 0o600 });
  await writeFile(join(base, 'open'), '');
  await chmod(join(base, 'open'), 0o644);
});

afterAll(() => rm(base, { recursive: true, force: true }));

describe('isReachableByOthers', () => {
  it.each([
    { given: '.', want: true },
    { given: 'not-there-yet', want: true },
    { given: 'private', want: false },
    { given: 'private/inner', want: false },
    { given: 'private/not-there-yet', want: false },
  ])('says $want for $given', async ({ given, want }) => {
    expect(await isReachableByOthers(join(base, given))).toBe(want);
  });
});

describe('isReadableByOthers', () => {
  it.each([
    { given: 'open', want: true },
    { given: 'secret', want: false },
    { given: 'missing', want: false },
  ])('says $want for $given', async ({ given, want }) => {
    expect(await isReadableByOthers(join(base, given))).toBe(want);
  });
});
