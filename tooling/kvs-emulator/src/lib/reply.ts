import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

export async function sendReply(reply: Reply, response: ServerResponse): Promise<void> {
  response.writeHead(reply.status, reply.headers);
  if (reply.body instanceof Uint8Array) {
    response.end(reply.body);
    return;
  }
  // The client gets its answer before the first media does.
  response.flushHeaders();
  await pipeline(Readable.from(reply.body, { objectMode: true, highWaterMark: 1 }), response);
}
