import type { OutboundAuth } from '@earshot/auth';
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
    const request = await target.auth.apply({ url: target.url, headers: headersOf(message, options) });
    const answer = await target.dispatcher.request({
      origin: request.url.origin,
      path: `${request.url.pathname}${request.url.search}`,
      method: 'POST',
      headers: request.headers,
      body: message.body,
      signal,
      headersTimeout: target.timeoutMs,
      bodyTimeout: target.timeoutMs,
    });
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

function headersOf(message: PostMessage, options: PostOptions): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': options.userAgent,
    'webhook-id': message.webhookId,
    'webhook-timestamp': String(Math.floor(options.nowMs / 1000)),
    ...(message.sequence === undefined ? {} : { 'earshot-sequence': String(message.sequence) }),
    traceparent: newTraceparent(),
  };
}

/** The status has decided; a body that breaks off or never ends changes nothing about it. */
async function discard(body: Dispatcher.ResponseData['body'], signal: AbortSignal): Promise<void> {
  await body.dump({ limit: ANSWER_BYTES_MAX, signal }).catch(() => body.destroy());
}

function isTimeout(cause: unknown): boolean {
  const codes = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
  return cause instanceof Error && 'code' in cause && codes.some((code) => code === cause.code);
}
