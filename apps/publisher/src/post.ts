import type { OutboundAuth, OutboundRequest } from '@earshot/auth';
import { newTraceparent } from '@earshot/telemetry';
import type { Dispatcher } from 'undici';

/** Where a message goes and how. */
export interface PostTarget {
  readonly url: URL;
  readonly auth: OutboundAuth;
  readonly dispatcher: Dispatcher;
  /** From the first byte of the connection to the head of the answer. */
  readonly timeoutMs: number;
}

/** What is sent. */
export interface PostMessage {
  readonly webhookId: string;
  readonly body: string;
  /** Absent for what has no place in the order of a lane. */
  readonly sequence?: number;
}

/** What came of one POST; `aborted` tells nothing about whether the target got it. */
export type PostOutcome =
  | { readonly type: 'answered'; readonly status: number; readonly durationMs: number }
  | { readonly type: 'timed-out'; readonly durationMs: number }
  | { readonly type: 'broken'; readonly cause: unknown; readonly durationMs: number }
  | { readonly type: 'aborted' };

export interface PostOptions {
  readonly userAgent: string;
  /** Sent as `webhook-timestamp`, whole seconds of it. */
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** More of an answer than this is not read: the connection is closed instead. */
const ANSWER_BYTES_MAX = 64 * 1024;

/** Sends one message once. Redirects are answers like any other: nothing is followed. */
export async function post(
  target: PostTarget,
  message: PostMessage,
  options: PostOptions,
): Promise<PostOutcome> {
  const startedAtMs = performance.now();
  const deadline = AbortSignal.timeout(target.timeoutMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  try {
    const unsigned = requestOf(target.url, message, options);
    const request = await target.auth.apply(unsigned, signal);
    let answer = await send(target, request, signal);
    if (answer.statusCode === 401 && (await target.auth.renew(request))) {
      await discard(answer.body, signal);
      answer = await send(target, await target.auth.apply(unsigned, signal), signal);
    }
    const durationMs = performance.now() - startedAtMs;
    await discard(answer.body, signal);
    return { type: 'answered', status: answer.statusCode, durationMs };
  } catch (cause) {
    if (options.signal.aborted) return { type: 'aborted' };
    const durationMs = performance.now() - startedAtMs;
    return deadline.aborted || isTimeout(cause)
      ? { type: 'timed-out', durationMs }
      : { type: 'broken', cause, durationMs };
  }
}

function send(
  { dispatcher, timeoutMs }: PostTarget,
  { url, headers, body }: OutboundRequest,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  return dispatcher.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    headers,
    body,
    signal,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

function requestOf(
  url: URL,
  { webhookId, body, sequence }: PostMessage,
  options: PostOptions,
): OutboundRequest {
  const timestampSeconds = Math.floor(options.nowMs / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': options.userAgent,
    'webhook-id': webhookId,
    'webhook-timestamp': String(timestampSeconds),
    ...(sequence === undefined ? {} : { 'earshot-sequence': String(sequence) }),
    traceparent: newTraceparent(),
  };
  return { url, headers, body, webhookId, timestampSeconds };
}

/** The status has decided; a body that breaks off or never ends changes nothing about it. */
async function discard(body: Dispatcher.ResponseData['body'], signal: AbortSignal): Promise<void> {
  await body.dump({ limit: ANSWER_BYTES_MAX, signal }).catch(() => body.destroy());
}

function isTimeout(cause: unknown): boolean {
  const codes = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
  return cause instanceof Error && 'code' in cause && codes.some((code) => code === cause.code);
}
