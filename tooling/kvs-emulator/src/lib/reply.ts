import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { KvsError } from './kvs-error.ts';

/** What an operation answers. A body that throws cuts the connection; one that returns ends it cleanly. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array> | Uint8Array;
}

export function jsonReply(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

export function errorReply(error: unknown): Reply {
  if (error instanceof KvsError) {
    return jsonReply({ Message: error.message }, error.status, { 'x-amzn-errortype': error.type });
  }
  const message = error instanceof Error ? error.message : String(error);
  return jsonReply({ Message: message }, 500, { 'x-amzn-errortype': 'InternalFailure' });
}

/** Sends as fast as the client reads. Rejects when the body throws; everything it gave before was handed to the kernel by then. */
export async function sendReply(reply: Reply, response: ServerResponse): Promise<void> {
  response.writeHead(reply.status, reply.headers);
  if (reply.body instanceof Uint8Array) {
    response.end(reply.body);
    return;
  }
  // The client gets its answer before the first media does.
  response.flushHeaders();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    for await (const bytes of reply.body) {
      if (gone.signal.aborted) return;
      if (!response.write(bytes)) await once(response, 'drain', { signal: gone.signal });
    }
  } catch (error) {
    await flushed(response, gone.signal);
    throw error;
  }
  response.end();
}

/** Resolves when what was written is out of this process, or nobody wants it any more. */
function flushed(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (gone.aborted) resolve();
    gone.addEventListener('abort', () => resolve(), { once: true });
    response.write('', () => resolve());
  });
}
