import { createHash } from 'node:crypto';
import { ERROR_CODES, statusOfErrorCode, type ErrorCode } from '@earshot/api';
import type { ByteRange, ObjectStore, OpenedObject } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import type { Context } from 'hono';
import { randomUUID } from 'node:crypto';
import { parseRange } from '../../downloads/byte-range.ts';
import type { UrlSigner } from '../../downloads/url-signer.ts';

export interface DownloadFileDeps {
  readonly signer: UrlSigner;
  readonly objects: ObjectStore;
  readonly logger: Logger;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** GET and HEAD /fileexporter/v1/files/{fileName}: the signature is the credential. */
export function downloadFile({ signer, objects, logger }: DownloadFileDeps) {
  return async (c: Context): Promise<Response> => {
    const fileName = c.req.param('fileName') ?? '';
    const key = signer.verify(fileName, c.req.query());
    if (key === undefined) return refused(ERROR_CODES.forbidden, 'The address is not valid or has expired');
    const found = await objects.open(key);
    if (found === undefined) return refused(ERROR_CODES.notFound, 'The file is no longer there');
    const etag = `"${createHash('sha256').update(key).digest('hex').slice(0, 32)}"`;
    const ifRange = c.req.header('if-range');
    const isSame = ifRange === undefined || ifRange === etag;
    const range = isSame ? parseRange(c.req.header('range'), found.byteCount) : undefined;
    const headers = headersOf(fileName, etag);
    logger.info('export.downloaded', {
      requestId: headers.get('x-request-id'),
      partial: range !== undefined,
    });
    if (range === undefined) return whole(found, headers);
    await found.stream.cancel();
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${found.byteCount}`);
      return new Response(null, { status: 416, headers });
    }
    return await part(objects, { key, range, byteCount: found.byteCount }, headers);
  };
}

function whole({ byteCount, stream }: OpenedObject, headers: Headers): Response {
  headers.set('content-length', String(byteCount));
  return new Response(stream, { headers });
}

async function part(
  objects: ObjectStore,
  { key, range, byteCount }: { key: string; range: ByteRange; byteCount: number },
  headers: Headers,
): Promise<Response> {
  const opened = await objects.open(key, range);
  if (opened === undefined) return refused(ERROR_CODES.notFound, 'The file is no longer there');
  headers.set('content-range', `bytes ${range.from}-${range.to}/${byteCount}`);
  headers.set('content-length', String(range.to - range.from + 1));
  return new Response(opened.stream, { status: 206, headers });
}

function headersOf(fileName: string, etag: string): Headers {
  const extension = fileName.split('.').at(-1) ?? '';
  return new Headers({
    'content-type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w.=-]/g, '_')}"`,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': randomUUID(),
    etag,
  });
}

function refused(code: ErrorCode, message: string): Response {
  const requestId = randomUUID();
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  const body = JSON.stringify({ error: { requestId, message, code } });
  return new Response(body, { status: statusOfErrorCode(code), headers });
}
