import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  S3Client,
  type GetObjectCommandOutput,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { keyParts, objectError } from './object-error.ts';
import type { ObjectStore } from './object-store.ts';

export interface S3StoreOptions {
  readonly bucket: string;
  /** Parts before every key, such as `exports/production`. Default: none. */
  readonly prefix?: string;
  readonly region: string;
  /** Of another S3-compatible store; the bucket is then part of the path. Default: Amazon's. */
  readonly endpoint?: string;
  /** Default: the chain of the AWS SDK. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const PART_BYTES = 8 * 1024 * 1024;
const DELETE_COUNT_MAX = 1000;

/** Objects in a bucket, written in parts of 8 MiB of which two are held at a time. */
export function createS3Store(options: S3StoreOptions): ObjectStore & { close(): void } {
  const { bucket: Bucket, prefix = '', region, endpoint, credentials } = options;
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    // Other stores than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const base = prefix === '' ? '' : `${keyParts(prefix).join('/')}/`;
  const nameOf = (key: string): string => `${base}${keyParts(key).join('/')}`;
  async function* pagesOf(
    query: ListObjectsV2CommandInput,
    folder: string,
  ): AsyncGenerator<ListObjectsV2CommandOutput> {
    let ContinuationToken: string | undefined;
    do {
      const page = await client
        .send(new ListObjectsV2Command({ ...query, ContinuationToken }))
        .catch((error: unknown) => {
          throw objectError('list', folder, error);
        });
      yield page;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }
  return {
    async put(key, chunks) {
      const source = watched(chunks);
      const params = { Bucket, Key: nameOf(key), Body: Readable.from(source.chunks) };
      const upload = new Upload({
        client,
        params,
        partSize: PART_BYTES,
        queueSize: 1,
        leavePartsOnError: false,
      });
      await upload.done().catch((error: unknown) => {
        throw source.failure() ?? objectError('write', key, error);
      });
    },
    async open(key, range) {
      const Range = range && `bytes=${range.from}-${range.to}`;
      const query = { Bucket, Key: nameOf(key), Range };
      try {
        return opened(await client.send(new GetObjectCommand(query)));
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw objectError('read', key, error);
      }
    },
    async list(folder) {
      const keys: string[] = [];
      for await (const page of pagesOf({ Bucket, Prefix: `${nameOf(folder)}/` }, folder)) {
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key.slice(base.length));
      }
      return keys.toSorted();
    },
    async listFolders(folder) {
      const prefix = `${nameOf(folder)}/`;
      const names: string[] = [];
      for await (const page of pagesOf({ Bucket, Prefix: prefix, Delimiter: '/' }, folder)) {
        for (const { Prefix = '' } of page.CommonPrefixes ?? []) names.push(Prefix.slice(prefix.length, -1));
      }
      return names.toSorted();
    },
    async delete(keys) {
      for (let start = 0; start < keys.length; start += DELETE_COUNT_MAX) {
        const Objects = keys.slice(start, start + DELETE_COUNT_MAX).map((key) => ({ Key: nameOf(key) }));
        const answer = await client
          .send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
          .catch((error: unknown) => {
            throw objectError('delete', keys[start] ?? '', error);
          });
        const [refused] = answer.Errors ?? [];
        if (refused !== undefined) throw objectError('delete', keys[start] ?? '', new Error(refused.Code));
      }
    },
    async presign(key, { expiresInSeconds, fileName }) {
      const ResponseContentDisposition = `attachment; filename="${fileName}"`;
      const command = new GetObjectCommand({ Bucket, Key: nameOf(key), ResponseContentDisposition });
      return await getSignedUrl(client, command, { expiresIn: expiresInSeconds });
    },
    close: () => client.destroy(),
  };
}

/** What the chunks themselves fail with is told as it is, not as a failure of the store. */
function watched(chunks: AsyncIterable<Uint8Array>) {
  const state: { failure?: Error } = {};
  async function* passed(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      state.failure = error instanceof Error ? error : new Error('Cannot read the chunks', { cause: error });
      throw error;
    }
  }
  return { chunks: passed(), failure: () => state.failure };
}

function opened({ Body, ContentRange, ContentLength = 0 }: GetObjectCommandOutput) {
  if (Body === undefined) return undefined;
  const total = /\/(\d+)$/.exec(ContentRange ?? '')?.[1];
  const byteCount = total === undefined ? ContentLength : Number(total);
  return { byteCount, stream: Body.transformToWebStream() };
}
