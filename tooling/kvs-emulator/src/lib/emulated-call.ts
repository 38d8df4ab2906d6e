import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from './json-input.ts';
import type { Reply } from './reply.ts';

/** One request as operations see it. */
export interface EmulatedCall {
  /** Name of the AWS operation: `GetMedia`. */
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  /** JSON parameters; for PutMedia `StreamName` or `StreamARN` from its headers. */
  readonly input: JsonObject;
  /** Bytes of a PutMedia request; empty for the others. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Fires when the client is gone, the response is over, or the emulator closes. */
  readonly signal: AbortSignal;
}

/**
 * Stands between every request and its answer: may refuse, wait, or change the reply of `proceed`, byte by byte.
 * The one place where faults come in.
 *
 * @example const cut: Intercept = async (call, proceed) => ({ ...(await proceed()), body: firstBytes(1000) });
 */
export type Intercept = (call: EmulatedCall, proceed: () => Promise<Reply>) => Promise<Reply>;

export const passThrough: Intercept = (_call, proceed) => proceed();
