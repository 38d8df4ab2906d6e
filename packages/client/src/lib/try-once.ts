import { EarshotApiError } from './earshot-api-error.ts';

/** What is asked of a `fetch`; that of the platform is one. */
export type Fetch = (request: Request) => Promise<Response>;

/** Far above the largest page of messages. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/**
 * One try, its body read to the end within the limit, so that a server that stops halfway is a failed try and no hung
 * caller. Answers the error instead of throwing it: whether it counts depends on the tries left.
 *
 * The time limit does not lean on the abort signal: `fetch` holds on to it weakly, and once that link is collected a
 * body under way is no longer aborted. So each step is raced against the clock and the reader cancelled.
 */
export async function tryOnce(
  request: Request,
  fetch: Fetch,
  timeoutMs: number,
): Promise<Response | EarshotApiError> {
  const abort = new AbortController();
  const { promise: timedOut, resolve } = Promise.withResolvers<'timed out'>();
  const timer = setTimeout(() => {
    resolve('timed out');
    abort.abort();
  }, timeoutMs);
  try {
    const answered = fetch(new Request(request, { signal: abort.signal }));
    const response = await Promise.race([answered, timedOut]);
    if (response === 'timed out') return timeoutError(request, timeoutMs);
    const body = await readBody(response, timedOut);
    if (body === 'timed out') return timeoutError(request, timeoutMs);
    if (body === 'too large') return sizeError(request, response.status);
    const { status, statusText, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  } catch (cause) {
    return abort.signal.aborted ? timeoutError(request, timeoutMs) : unreachableError(request, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(
  response: Response,
  timedOut: Promise<'timed out'>,
): Promise<Buffer<ArrayBuffer> | 'timed out' | 'too large'> {
  if (response.body === null) return Buffer.alloc(0);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for (;;) {
    const read = await Promise.race([reader.read(), timedOut]);
    if (read !== 'timed out' && read.done) return Buffer.concat(chunks, byteCount);
    byteCount += read === 'timed out' ? 0 : read.value.byteLength;
    if (read === 'timed out' || byteCount > ANSWER_BYTES_MAX) {
      await reader.cancel();
      return read === 'timed out' ? read : 'too large';
    }
    chunks.push(read.value);
  }
}

function timeoutError(request: Request, timeoutMs: number): EarshotApiError {
  return new EarshotApiError(`Cannot call ${nameOf(request)}: no whole answer within ${timeoutMs} ms`, {
    code: 'client.timeout',
    status: undefined,
    requestId: undefined,
    retryable: true,
  });
}

function unreachableError(request: Request, cause: unknown): EarshotApiError {
  return new EarshotApiError(`Cannot call ${nameOf(request)}: the server cannot be reached`, {
    code: 'client.unreachable',
    status: undefined,
    requestId: undefined,
    retryable: true,
    cause,
  });
}

function sizeError(request: Request, status: number): EarshotApiError {
  const message = `Cannot read the answer of ${nameOf(request)}: it exceeds limit ${ANSWER_BYTES_MAX} bytes`;
  return new EarshotApiError(message, {
    code: 'client.bad-answer',
    status,
    requestId: undefined,
    retryable: false,
  });
}

function nameOf({ method, url }: Request): string {
  return `${method} ${new URL(url).pathname}`;
}
