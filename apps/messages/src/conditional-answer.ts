import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isTagNamed, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';

const compressWithBrotli = promisify(brotliCompress);
const compressWithGzip = promisify(gzip);

/** Below this a packet is not saved. */
const COMPRESSED_BYTES_MIN = 1024;
/** Of 11: about the size of gzip's best at less than its cost. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 5;

/** As `conditionalText`, for JSON. */
export async function conditionalJson(c: Context<AppEnv>, value: object, tag?: string): Promise<Response> {
  return await conditionalText(c, JSON.stringify(value), 'application/json', tag);
}

/**
 * 200 with the text, its tag, and compressed where the client takes that; 304 without a body where `If-None-Match`
 * names the tag. A tag is of what is told, not of its compressed form, hence weak.
 */
export async function conditionalText(
  c: Context<AppEnv>,
  text: string,
  contentType: string,
  tag: string = tagOf(text),
): Promise<Response> {
  if (isUnchanged(c, tag)) return answerUnchanged(c, tag);
  const bytes = Buffer.from(text);
  setCaching(c, tag);
  c.header('content-type', contentType);
  const encoding =
    bytes.byteLength < COMPRESSED_BYTES_MIN ? undefined : bestEncoding(c.req.header('accept-encoding'));
  if (encoding === undefined) return c.body(bytes);
  c.header('content-encoding', encoding);
  return c.body(await compress(bytes, encoding));
}

/** A tag of the answer itself, or of all that it is made of. */
export function tagOf(told: string): string {
  return `W/"${createHash('sha1').update(told).digest('base64url')}"`;
}

/** The client has what the tag is of. */
export function isUnchanged(c: Context<AppEnv>, tag: string): boolean {
  return isTagNamed(c.req.header('if-none-match'), tag);
}

/** 304 */
export function answerUnchanged(c: Context<AppEnv>, tag: string): Response {
  setCaching(c, tag);
  return c.body(null, 304);
}

function setCaching(c: Context<AppEnv>, tag: string): void {
  c.header('etag', tag);
  c.header('vary', 'accept-encoding');
  // Anything between us and the client may keep it for nobody else, and asks again before each use.
  c.header('cache-control', 'private, no-cache');
}

type Encoding = 'br' | 'gzip';

/** Brotli where both are taken with the same weight. */
function bestEncoding(header: string | undefined): Encoding | undefined {
  if (header === undefined) return undefined;
  const weights = new Map(header.split(',').map(readWeight));
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br === 0 && gz === 0) return undefined;
  return br >= gz ? 'br' : 'gzip';
}

function readWeight(part: string): [string, number] {
  const [name = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase());
  const quality = parameters.find((one) => one.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return [name, Number.isNaN(weight) ? 0 : weight];
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return new Uint8Array(await compressWithGzip(bytes, { level: GZIP_LEVEL }));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
  };
  return new Uint8Array(await compressWithBrotli(bytes, { params }));
}
