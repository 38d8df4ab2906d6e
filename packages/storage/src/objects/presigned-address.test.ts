import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createS3Store } from './s3-store.ts';

const LIFETIME_SECONDS = 300;
let folder: string;
let s3: S3rver;
let store: ReturnType<typeof createS3Store>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-signed-'));
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'bucket', configs: [] }],
  });
  const { port } = (await s3.run()) as AddressInfo;
  store = createS3Store({
    bucket: 'bucket',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
  for (const name of ['mine', 'other']) await store.put(`files/${name}.csv`, hello());
});
afterAll(async () => {
  store.close();
  await s3.close();
  await rm(folder, { recursive: true });
});

async function* hello(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('hello');
}

async function signed(): Promise<URL> {
  const address = await store.presign?.('files/mine.csv', {
    expiresInSeconds: LIFETIME_SECONDS,
    fileName: 'f.csv',
  });
  return new URL(address ?? '');
}

async function read(url: URL): Promise<{ status: number; isRead: boolean }> {
  const answer = await fetch(url);
  return { status: answer.status, isRead: (await answer.text()).includes('hello') };
}

describe('an address signed for S3', () => {
  it('is read without credentials', async () => {
    expect(await read(await signed())).toEqual({ status: 200, isRead: true });
  });

  const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);
  const forgeries: readonly { what: string; change: (url: URL) => void }[] = [
    { what: 'another object', change: (url) => (url.pathname = url.pathname.replace('mine', 'other')) },
    { what: 'a longer life', change: set('X-Amz-Expires', '86400') },
    { what: 'a later beginning', change: set('X-Amz-Date', '20990101T000000Z') },
    { what: 'another name to save it under', change: set('response-content-disposition', 'inline') },
    { what: 'another signature', change: set('X-Amz-Signature', '0'.repeat(64)) },
    { what: 'half a signature', change: set('X-Amz-Signature', '0') },
  ];
  it.each(forgeries)('is refused with $what', async ({ change }) => {
    const url = await signed();
    change(url);
    expect(await read(url)).toEqual({ status: 403, isRead: false });
  });

  it('is refused once its time is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - (LIFETIME_SECONDS + 1) * 1000 });
    const url = await signed().finally(() => vi.useRealTimers());
    expect(await read(url)).toEqual({ status: 403, isRead: false });
  });
});
