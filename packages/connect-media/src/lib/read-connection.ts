import { Demuxer } from '@earshot/matroska';
import type { AppError, Clock } from '@earshot/domain';
import type { CallFragments } from './call-fragments.ts';
import type { CallMediaEvent, ReconnectReason } from './call-media.ts';
import { FragmentReader, type FragmentPart } from './fragment-reader.ts';
import type { IdleTicks } from './idle-ticks.ts';
import type { MediaConnector } from './kinesis-connector.ts';
import { fromRefusal } from './kinesis-error.ts';
import { MediaBody } from './media-body.ts';
import { isMediaError, type MediaErrorCode } from './media-trouble.ts';
import type { Patience } from './patience.ts';
import type { Position } from './start-positions.ts';

export interface ConnectionLimits {
  /** A body without a byte for this long is given up: live media comes every second. */
  readonly bodyIdleMsMax: number;
  /** A first connection without a byte for this long begins at another place. */
  readonly startSilenceMsMax: number;
  /** Largest element kept in memory, bytes. */
  readonly elementBytesMax: number;
}

export interface Connection {
  readonly connector: MediaConnector;
  readonly limits: ConnectionLimits;
  readonly clock: Clock;
  readonly streamArn: string;
  readonly position: Position;
  readonly fragments: CallFragments;
  readonly patience: Patience;
  readonly ticks: IdleTicks;
  readonly signal: AbortSignal;
  /** Why the connection before was given up. */
  readonly lost: ReconnectReason | undefined;
}

export type ConnectionOutcome =
  | { readonly type: 'lost'; readonly reason: ReconnectReason }
  | {
      readonly type: 'failed';
      readonly error: AppError & { code: MediaErrorCode };
      readonly wasOpen: boolean;
    }
  | { readonly type: 'probed'; readonly producerTimestampMs: number }
  /** The call is over, its `end` event was given. */
  | { readonly type: 'over' };

type Events = AsyncGenerator<CallMediaEvent, ConnectionOutcome, undefined>;

/** Opens the media once and reads it as far as it goes. The body is destroyed in every case. */
export async function* readConnection(connection: Connection): Events {
  const { connector, streamArn, position, fragments, patience, ticks, lost } = connection;
  fragments.connect({ beginsAtNewest: position.selector.StartSelectorType === 'NOW' });
  const leave = new AbortController();
  const signal = AbortSignal.any([connection.signal, leave.signal]);
  try {
    let body: MediaBody;
    try {
      body = yield* ticks.until(openBody(connector, streamArn, position, signal));
    } catch (error) {
      connection.signal.throwIfAborted();
      if (isMediaError(error)) return { type: 'failed', error, wasOpen: false };
      throw error;
    }
    if (lost !== undefined && !position.isProbe) {
      yield { type: 'reconnected', reason: lost, attempt: Math.max(1, patience.fruitlessCount) };
    }
    return yield* readBody(body, connection);
  } finally {
    leave.abort();
  }
}

/** The signal destroys the body, also one that opens when nobody waits for it any more. */
async function openBody(
  connector: MediaConnector,
  streamArn: string,
  position: Position,
  signal: AbortSignal,
): Promise<MediaBody> {
  const body = new MediaBody(await connector.open(streamArn, position.selector, signal));
  signal.addEventListener('abort', () => body.destroy(), { once: true });
  if (signal.aborted) body.destroy();
  return body;
}

async function* readBody(body: MediaBody, connection: Connection): Events {
  const { limits, clock, patience, ticks, position } = connection;
  const reader = new FragmentReader();
  const demuxer = new Demuxer({ elementBytesMax: limits.elementBytesMax });
  let byteAtMs = clock.now();
  let hasBytes = false;

  for (;;) {
    const read = await body.next(ticks.everyMs);
    switch (read.type) {
      case 'chunk': {
        hasBytes = true;
        ticks.noteBytes();
        const outcome = yield* takeParts(reader.read(demuxer.write(read.bytes)), connection);
        byteAtMs = clock.now();
        if (outcome !== undefined) return outcome;
        break;
      }
      case 'quiet': {
        yield ticks.event();
        if (patience.isMediaOver) return { type: 'lost', reason: 'stalled' };
        const quietMs = clock.now() - byteAtMs;
        if (quietMs >= limits.bodyIdleMsMax) return { type: 'lost', reason: 'stalled' };
        if (!hasBytes && isAtStart(connection) && quietMs >= limits.startSilenceMsMax) {
          return { type: 'lost', reason: 'silent' };
        }
        break;
      }
      case 'end':
      case 'cut': {
        const outcome = yield* takeParts(reader.readEnd(demuxer.finish()), connection);
        if (outcome !== undefined) return outcome;
        if (read.type === 'cut') return { type: 'lost', reason: 'cut' };
        if (position.isProbe) return { type: 'lost', reason: 'silent' };
        return { type: 'lost', reason: reader.isTruncated ? 'truncated' : 'body-ended' };
      }
    }
  }
}

/** Nothing of the call was heard yet, and there is another place to begin. */
function isAtStart({ fragments, position }: Connection): boolean {
  return fragments.progressCount === 0 && position.selector.StartSelectorType !== 'NOW';
}

/** Gives an outcome where the connection has said its last word. */
async function* takeParts(
  parts: Iterable<FragmentPart>,
  { fragments, patience, position }: Connection,
): AsyncGenerator<CallMediaEvent, ConnectionOutcome | undefined, undefined> {
  for (const part of parts) {
    if (part.type === 'refused') return { type: 'failed', error: fromRefusal(part), wasOpen: true };
    if (position.isProbe) {
      if (part.type === 'begin')
        return { type: 'probed', producerTimestampMs: part.head.producerTimestampMs };
      continue;
    }
    const before = fragments.progressCount;
    yield* fragments.take(part);
    if (fragments.isOver) return { type: 'over' };
    if (fragments.progressCount > before) patience.noteMedia();
  }
  return undefined;
}
