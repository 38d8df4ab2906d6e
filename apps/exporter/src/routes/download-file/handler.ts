import { createHash, randomUUID } from 'node:crypto';
import { ERROR_CODES, statusOfErrorCode } from '@earshot/api';
import { planFileAnswer, type Refusal } from '@earshot/http';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import type { Context } from 'hono';
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

const GONE: Refusal = { code: ERROR_CODES.notFound, message: 'The file is no longer there' };

/** GET and HEAD /fileexporter/v1/files/{fileName}: the signature is the credential. */
export function downloadFile({ signer, objects, logger }: DownloadFileDeps) {
  return async (c: Context): Promise<Response> => {
    const fileName = c.req.param('fileName') ?? '';
    const key = signer.verify(fileName, c.req.query());
    if (key === undefined) {
      return refuseDownload({
        code: ERROR_CODES.forbidden,
        message: 'The address is not valid or has expired',
      });
    }
    const found = await objects.open(key);
    if (found === undefined) return refuseDownload(GONE);
    const etag = `"${createHash('sha256').update(key).digest('hex').slice(0, 32)}"`;
    const contentType = CONTENT_TYPES[fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const { byteCount } = found;
    const { status, headers: told, body } = planFileAnswer(c.req, { byteCount, etag, contentType, fileName });
    const requestId = randomUUID();
    const headers = { ...told, 'cache-control': 'no-store', 'x-request-id': requestId };
    logger.info('export.downloaded', { requestId, partial: status === 206 });
    if (status === 200 && body !== undefined) return new Response(found.stream, { status, headers });
    await found.stream.cancel();
    if (body === undefined) return new Response(null, { status, headers });
    const part = await objects.open(key, body);
    if (part === undefined) return refuseDownload(GONE);
    return new Response(part.stream, { status, headers });
  };
}

/** The error shape of the compatible paths, outside of the shell. */
export function refuseDownload({ code, message, headers = {} }: Refusal): Response {
  const requestId = randomUUID();
  const body = JSON.stringify({ error: { requestId, message, code } });
  const told = {
    ...headers,
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  return new Response(body, { status: statusOfErrorCode(code), headers: told });
}
