import type { LiveEnd, LiveMessage, LivePartial } from '@earshot/api';
import { delayUnlessAborted, isAborted } from './delay-unless-aborted.ts';
import { EarshotApiError, errorOfAnswer } from './earshot-api-error.ts';
import type { ServerEvent } from './event-parser.ts';
import { readServerEvents } from './read-server-events.ts';
import type { Fetch } from './try-once.ts';

/** How a call is followed. */
export interface FollowOptions {
  /** Also what is being said right now; needs the scope `transcripts:partial`. Default false. */
  readonly partials?: boolean;
  /** `id` of the last event of an earlier follow; without it the messages so far come first. */
  readonly lastEventId?: string;
  /** Goes on when no session is running any more, in case a held call goes on. Default false: ends there. */
  readonly throughHolds?: boolean;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
}

/** What happens in a call. Types unknown to this release are left out. */
export type FollowEvent =
  /** `id` is what a later follow goes on after. */
  | { readonly type: 'message'; readonly id: string | undefined; readonly data: LiveMessage }
  /** Replaces the one before with the same `streamId` and `startMs`; replaced by the message. */
  | { readonly type: 'partial'; readonly data: LivePartial }
  | { readonly type: 'end'; readonly data: LiveEnd };

export interface FollowConnection {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** Limit of the wait for the head of an answer. */
  readonly timeoutMs: number;
  readonly delay: (durationMs: number) => Promise<void>;
}

/** Three heartbeats of the server. */
const SILENCE_MS = 45_000;
const RECONNECT_DELAY_MS_MIN = 250;
const RECONNECT_DELAY_MS_MAX = 10_000;
/** Connections in a row on which nothing came: about a minute. */
const FRUITLESS_TRIES_MAX = 10;

/**
 * The events of a call. A connection that breaks is made again after 250 ms to 10 s, from the last message on; after ten in a
 * row that brought nothing the last failure is thrown. An answer that asks for no repetition is thrown at once.
 */
export async function* followCall(
  connection: FollowConnection,
  guid: string,
  options: FollowOptions = {},
): AsyncGenerator<FollowEvent, void, undefined> {
  const { partials = false, throughHolds = false, signal } = options;
  let { lastEventId } = options;
  let fruitlessTries = 0;
  while (!isAborted(signal)) {
    const answer = await open(connection, guid, { partials, lastEventId, signal });
    if (isAborted(signal) || answer === 'over') return;
    let failure: EarshotApiError = broken();
    if (answer instanceof EarshotApiError) failure = answer;
    else {
      for await (const event of readServerEvents(answer, { silenceMs: SILENCE_MS, signal })) {
        fruitlessTries = 0;
        const known = knownEvent(event);
        if (known === undefined) continue;
        if (known.type === 'message') lastEventId = known.id ?? lastEventId;
        yield known;
        if (known.type === 'end' && known.data.callState === 'ended' && !throughHolds) return;
      }
    }
    fruitlessTries += 1;
    if (!failure.retryable || fruitlessTries >= FRUITLESS_TRIES_MAX) throw failure;
    await delayUnlessAborted(connection.delay, reconnectDelayMs(fruitlessTries), signal);
  }
}

/** The answer to read events from, `over` when there is nothing to come back for, or why there is none. */
async function open(
  connection: FollowConnection,
  guid: string,
  {
    partials,
    lastEventId,
    signal,
  }: {
    readonly partials: boolean;
    readonly lastEventId: string | undefined;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Response | 'over' | EarshotApiError> {
  const path = `/earshot/v1/calls/${encodeURIComponent(guid)}/live${partials ? '?partials=true' : ''}`;
  const url = `${connection.baseUrl.replace(/\/$/, '')}${path}`;
  const headers = {
    ...connection.headers,
    accept: 'text/event-stream',
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), connection.timeoutMs);
  const stop = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  try {
    // A redirect would carry the secret to another host.
    const request = new Request(url, { headers, redirect: 'error', signal: stop });
    const response = await connection.fetch(request);
    if (response.status === 204) return 'over';
    if (response.ok) return response;
    return errorOfAnswer(response.status, await readJson(response));
  } catch (cause) {
    return unreachable(late.signal.aborted ? 'client.timeout' : 'client.unreachable', cause);
  } finally {
    clearTimeout(timer);
  }
}

function knownEvent({ type, data, id }: ServerEvent): FollowEvent | undefined {
  switch (type) {
    case 'message':
      return { type, id, data: parseData<LiveMessage>(data) };
    case 'partial':
      return { type, data: parseData<LivePartial>(data) };
    case 'end':
      return { type, data: parseData<LiveEnd>(data) };
    default:
      return undefined;
  }
}

/** The server's own contract says what the data of an event is, as it does for the bodies of other answers. */
function parseData<T>(json: string): T {
  try {
    return JSON.parse(json) as T;
  } catch (cause) {
    throw new EarshotApiError('Cannot read event: its data is not JSON', {
      status: 200,
      code: 'client.bad-answer',
      requestId: undefined,
      retryable: false,
      cause,
    });
  }
}

async function readJson(response: Response): Promise<unknown> {
  return await response.json().catch(() => undefined);
}

function reconnectDelayMs(fruitlessTries: number): number {
  return Math.min(RECONNECT_DELAY_MS_MIN * 2 ** (fruitlessTries - 1), RECONNECT_DELAY_MS_MAX);
}

function broken(): EarshotApiError {
  return unreachable('client.unreachable', undefined);
}

function unreachable(code: 'client.unreachable' | 'client.timeout', cause: unknown): EarshotApiError {
  const message = 'Cannot follow call: the server cannot be reached or breaks off';
  return new EarshotApiError(message, {
    status: undefined,
    code,
    requestId: undefined,
    retryable: true,
    cause,
  });
}
