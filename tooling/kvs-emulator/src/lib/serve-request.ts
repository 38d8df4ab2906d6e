import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallRates } from './call-rates.ts';
import { checkCredentials, type RequireCredentials } from './caller-credentials.ts';
import type { EmulatedCall, Intercept } from './emulated-call.ts';
import type { Serve } from './emulated-operations.ts';
import { FAULTS_PATH, serveFaults } from './faults/fault-requests.ts';
import type { FaultPlans } from './faults/fault-plans.ts';
import { refusalOf } from './faults/refuse-request.ts';
import { readJsonBody } from './json-input.ts';
import { invalidArgument, KvsError } from './kvs-error.ts';
import { putMediaInput } from './operations/put-media.ts';
import { errorReply, sendReply, type Reply } from './reply.ts';
import { streamNameIn } from './stream-registry.ts';

export interface ServeDeps {
  readonly operations: ReadonlyMap<string, Serve>;
  readonly plans: FaultPlans;
  readonly rates: CallRates;
  readonly intercept: Intercept;
  readonly requireCredentials: RequireCredentials | undefined;
  /** Fires when the emulator closes. */
  readonly closing: AbortSignal;
}

/** Answers one request; never rejects. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  deps: ServeDeps,
): Promise<void> {
  const over = new AbortController();
  response.once('close', () => over.abort());
  const close = (): void => over.abort();
  deps.closing.addEventListener('abort', close, { once: true });
  try {
    const reply = await replyTo(request, deps, over.signal).catch(errorReply);
    if (reply === 'no-answer') response.destroy();
    else await sendReply(reply, response);
  } catch {
    // The client went away, or the body ended itself with an error: either way the connection is cut.
    response.destroy();
  } finally {
    deps.closing.removeEventListener('abort', close);
  }
}

async function replyTo(
  request: IncomingMessage,
  { operations, plans, rates, intercept, requireCredentials }: ServeDeps,
  signal: AbortSignal,
): Promise<Reply | 'no-answer'> {
  const url = new URL(request.url ?? '/', 'http://emulator');
  if (url.pathname === FAULTS_PATH) return serveFaults(request, url, plans);
  const path = url.pathname.slice(1);
  const serve = operations.get(path);
  if (request.method !== 'POST' || serve === undefined) {
    throw new KvsError(404, 'UnknownOperationException', `Cannot serve ${request.method ?? ''} /${path}`);
  }
  const operation = path.charAt(0).toUpperCase() + path.slice(1);
  const isProducer = operation === 'PutMedia';
  const input = isProducer ? putMediaInput(request.headers) : await readJsonBody(request);
  if (signal.aborted) throw invalidArgument('Cannot serve: the emulator closes');
  checkCredentials(operation, request.headers, requireCredentials);
  const streamName = streamNameIn(input) ?? '';
  rates.take(operation, streamName);
  const refusal = refusalOf(plans.of(streamName), operation);
  if (refusal === 'no-answer') return refusal;
  if (refusal !== undefined) throw refusal;
  const body = isProducer ? request : noBytes();
  const call: EmulatedCall = { operation, headers: request.headers, input, body, signal };
  return intercept(call, () => Promise.resolve(serve(call)));
}

async function* noBytes(): AsyncGenerator<Uint8Array, void, undefined> {}
