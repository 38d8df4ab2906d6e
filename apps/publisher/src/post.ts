import type { OutboundAuth, OutboundRequest } from '@earshot/auth';
import { newTraceparent } from '@earshot/telemetry';
import type { Dispatcher } from 'undici';
import { messageWords } from './message-words.ts';
import { addedSecrets, maskPreview } from './response-preview.ts';

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

export interface Answered {
  readonly type: 'answered';
  readonly status: number;
  readonly durationMs: number;
  /** `Retry-After` of an answer that is not 2xx. */
  readonly retryAfter?: string | undefined;
  /** The beginning of an answer that is not 2xx, masked; only when it was asked for. */
  readonly preview?: string | undefined;
}

/** What came of one POST; `aborted` tells nothing about whether the target got it. */
export type PostOutcome =
  | Answered
  | { readonly type: 'timed-out'; readonly durationMs: number }
  | { readonly type: 'broken'; readonly cause: unknown; readonly durationMs: number }
  | { readonly type: 'aborted' };

export interface PostOptions {
  readonly userAgent: string;
  /** Sent as `webhook-timestamp`, whole seconds of it. */
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** Keeps the beginning of what a target answers to a message it refuses. Default: nothing of it is kept. */
  readonly preview?: boolean;
}

/** More of an answer than this is not read: the connection is closed instead. */
const ANSWER_BYTES_MAX = 64 * 1024;
const PREVIEW_BYTES_MAX = 2048;

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
    let request = await target.auth.apply(unsigned, signal);
    let answer = await send(target, request, signal);
    if (answer.statusCode === 401 && (await target.auth.renew(request))) {
      await discard(answer.body, signal);
      request = await target.auth.apply(unsigned, signal);
      answer = await send(target, request, signal);
    }
    const durationMs = performance.now() - startedAtMs;
    const answered = { type: 'answered', status: answer.statusCode, durationMs } as const;
    if (answer.statusCode >= 200 && answer.statusCode < 300) {
      await discard(answer.body, signal);
      return answered;
    }
    const text = await readBeginning(answer.body);
    const unseen = [...addedSecrets(unsigned, request), ...messageWords(message.body)];
    const preview = options.preview === true ? maskPreview(text, unseen) : undefined;
    return { ...answered, retryAfter: firstOf(answer.headers['retry-after']), preview };
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

/** Reads as much as `discard` does, so that the connection can be used again; keeps the beginning. */
async function readBeginning(body: Dispatcher.ResponseData['body']): Promise<string> {
  const kept: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk as Uint8Array);
      if (byteCount < PREVIEW_BYTES_MAX) kept.push(bytes.subarray(0, PREVIEW_BYTES_MAX - byteCount));
      byteCount += bytes.length;
      if (byteCount > ANSWER_BYTES_MAX) break;
    }
  } catch {
    // The status has decided; what came before the break is what there is to show.
    body.destroy();
  }
  return Buffer.concat(kept).toString();
}

function firstOf(field: string | string[] | undefined): string | undefined {
  return Array.isArray(field) ? field[0] : field;
}

function isTimeout(cause: unknown): boolean {
  const codes = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
  return cause instanceof Error && 'code' in cause && codes.some((code) => code === cause.code);
}
