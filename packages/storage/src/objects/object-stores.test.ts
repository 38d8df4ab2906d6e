import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectoryStore } from './directory-store.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3-store.ts';

const CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
let folder: string;
let s3: S3rver;
let endpoint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-objects-'));
  const configureBuckets = [{ name: 'bucket', configs: [] }];
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets,
  });
  const address = (await s3.run()) as AddressInfo;
  endpoint = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true });
});

const STORES: readonly { readonly name: string; readonly open: () => ObjectStore }[] = [
  { name: 'directory', open: () => createDirectoryStore(join(folder, 'directory')) },
  {
    name: 's3',
    open: () =>
      createS3Store({
        bucket: 'bucket',
        prefix: 'a/b',
        region: 'us-east-1',
        endpoint,
        credentials: CREDENTIALS,
      }),
  },
];

async function* each(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function textOf(store: ObjectStore, key: string, range?: { from: number; to: number }) {
  const opened = await store.open(key, range);
  return opened && { byteCount: opened.byteCount, text: await new Response(opened.stream).text() };
}

describe.each(STORES)('ObjectStore on $name', ({ open }) => {
  it('gives back what was put, whole and in parts', async () => {
    const store = open();
    await store.put('t/2026-11-22/1/file.jsonl', each('hello ', 'there'));
    expect(await textOf(store, 't/2026-11-22/1/file.jsonl')).toEqual({ byteCount: 11, text: 'hello there' });
    const range = { from: 6, to: 8 };
    expect(await textOf(store, 't/2026-11-22/1/file.jsonl', range)).toEqual({ byteCount: 11, text: 'the' });
    await store.put('t/2026-11-22/1/file.jsonl', each('again'));
    expect(await textOf(store, 't/2026-11-22/1/file.jsonl')).toEqual({ byteCount: 5, text: 'again' });
  });

  it('holds an object of several parts, and one of none', async () => {
    const store = open();
    const chunk = Buffer.alloc(5 * 1024 * 1024, 'x');
    await store.put('large', each(chunk, chunk, chunk, chunk));
    const large = await store.open('large');
    expect(large?.byteCount).toBe(4 * chunk.byteLength);
    await large?.stream.cancel();
    await store.put('empty', each());
    expect(await textOf(store, 'empty')).toEqual({ byteCount: 0, text: '' });
  });

  it('knows nothing that is not there', async () => {
    const store = open();
    expect(await store.open('nothing')).toBeUndefined();
    expect(await store.list('nothing')).toEqual([]);
    await store.delete(['nothing']);
  });

  it('lists a folder and deletes', async () => {
    const store = open();
    for (const key of ['list/a/1', 'list/a/2/3', 'list/ab/4']) await store.put(key, each('x'));
    expect(await store.list('list/a')).toEqual(['list/a/1', 'list/a/2/3']);
    await store.delete(['list/a/1', 'list/ab/4']);
    expect(await store.list('list')).toEqual(['list/a/2/3']);
  });

  // The stand-in for S3 overlooks folders that hold only folders.
  it('lists the folders of a folder', async () => {
    const store = open();
    for (const key of ['folders/b/1', 'folders/a/2', 'folders/file', 'foldersx/c/4']) {
      await store.put(key, each('x'));
    }
    expect(await store.listFolders('folders')).toEqual(['a', 'b']);
    await store.delete(['folders/a/2', 'folders/b/1']);
    expect(await store.listFolders('folders')).toEqual([]);
    expect(await store.listFolders('nowhere')).toEqual([]);
  });

  it('keeps what was there when the new bytes fail', async () => {
    const store = open();
    await store.put('kept/file', each('old'));
    async function* broken() {
      yield Buffer.alloc(9 * 1024 * 1024, 'n');
      throw new Error('The rows ended');
    }
    await expect(store.put('kept/file', broken())).rejects.toThrow('The rows ended');
    expect(await textOf(store, 'kept/file')).toEqual({ byteCount: 3, text: 'old' });
    expect(await store.list('kept')).toEqual(['kept/file']);
  });

  it.each(['../up', 'a/../../b', '/etc/passwd', 'a//b', '', '.hidden', 'a\\b', 'a/%2e%2e/b', 'a\0b'])(
    'takes no key %j',
    async (key) => {
      const store = open();
      await expect(store.open(key)).rejects.toMatchObject({ code: 'objects.key-invalid' });
      await expect(store.put(key, each('x'))).rejects.toMatchObject({ code: 'objects.key-invalid' });
      await expect(store.delete([key])).rejects.toMatchObject({ code: 'objects.key-invalid' });
    },
  );
});

describe('createS3Store', () => {
  it('signs an address that needs no credentials, for a time', async () => {
    const store = STORES[1]?.open();
    await store?.put('signed/file.csv', each('hello'));
    const url = new URL(
      (await store?.presign?.('signed/file.csv', { expiresInSeconds: 300, fileName: 'f.csv' })) ?? '',
    );
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
    const answer = await fetch(url, { headers: { range: 'bytes=1-2' } });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="f.csv"');
    expect(await answer.text()).toBe('el');
  });
});

describe('createDirectoryStore', () => {
  it('leaves no folder behind that holds nothing, and takes files in it again', async () => {
    const root = join(folder, 'emptied');
    const store = createDirectoryStore(root);
    for (const key of ['a/b/1', 'a/c/2']) await store.put(key, each('x'));
    await store.delete(['a/b/1', 'a/b/none']);
    expect(await readdir(join(root, 'a'))).toEqual(['c']);
    await store.delete(['a/c/2']);
    expect(await readdir(root)).toEqual([]);
    const writes = Array.from({ length: 50 }, async (_, index) => {
      await store.put(`d/${index}`, each('x'));
      await store.delete([`d/${index}`]);
    });
    await Promise.all(writes);
    expect(await readdir(root)).toEqual([]);
  });

  it('lists what stays while folders beside it go', async () => {
    const store = createDirectoryStore(join(folder, 'going'));
    const kept = ['call/kept/1', 'call/kept/2'];
    for (const key of kept) await store.put(key, each('x'));
    for (let round = 0; round < 20; round += 1) {
      const going = Array.from({ length: 10 }, (_, index) => `call/${index}/part`);
      for (const key of going) await store.put(key, each('x'));
      const deleted = store.delete(going);
      for (let look = 0; look < 5; look += 1) {
        expect(await store.list('call')).toEqual(expect.arrayContaining(kept));
      }
      await deleted;
    }
    expect(await store.list('call')).toEqual(kept);
  });

  it('leaves no file behind of a write that failed', async () => {
    const root = join(folder, 'failed');
    const store = createDirectoryStore(root);
    async function* broken() {
      yield Buffer.from('x');
      throw new Error('The rows ended');
    }
    await expect(store.put('a/b', broken())).rejects.toThrow('The rows ended');
    expect(await readdir(join(root, 'a'))).toEqual([]);
  });
});
