import { Demuxer, type MatroskaEvent } from '@earshot/matroska';
import type { AppError, Clock } from '@earshot/domain';
import type { CallFragments } from './call-fragments.ts';
import type { NumberedHead } from './connection-aim.ts';
import type { CallMediaEvent, ReconnectReason } from './call-media.ts';
import { FragmentReader } from './fragment-reader.ts';
import type { IdleTicks } from './idle-ticks.ts';
import { LinkedAbort } from './linked-abort.ts';
import { MediaBody } from './media-body.ts';
import type { MediaConnector } from './media-connector.ts';
import { isMediaError, type MediaErrorCode } from './media-trouble.ts';
import type { Patience } from './patience.ts';
import { fromRefusal } from './service-errors.ts';
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
  readonly lost: LostConnection | undefined;
}

export interface LostConnection {
  readonly reason: ReconnectReason;
  readonly code?: MediaErrorCode;
}

export type ConnectionOutcome =
  | { readonly type: 'lost'; readonly reason: ReconnectReason }
  | {
      readonly type: 'failed';
      readonly error: AppError & { code: MediaErrorCode };
      readonly wasOpen: boolean;
    }
  /** The first fragment of a probe, or one that is later than the place was to reach. */
  | { readonly type: 'stopped'; readonly at: NumberedHead }
  /** The call is over, its `end` event was given. */
  | { readonly type: 'over' };

type Events = AsyncGenerator<readonly CallMediaEvent[], ConnectionOutcome, undefined>;

/** Opens the media once and reads it as far as it goes. The body is destroyed in every case. */
export async function* readConnection(connection: Connection): Events {
  const { connector, streamArn, position, fragments, patience, ticks, lost } = connection;
  const beginsAtNewest = position.selector.StartSelectorType === 'NOW';
  fragments.connect({ beginsAtNewest, ...position });
  patience.noteOpening();
  const leave = new LinkedAbort(connection.signal);
  try {
    let body: MediaBody;
    try {
      const opening = connector.open(streamArn, position.selector, leave.signal);
      body = yield* ticks.until(opening.then((stream) => openBody(stream, ticks.lookEveryMs, leave.signal)));
    } catch (error) {
      connection.signal.throwIfAborted();
      if (isMediaError(error)) return { type: 'failed', error, wasOpen: false };
      throw error;
    }
    if (lost !== undefined && position.isProbe !== true) {
      yield [{ type: 'reconnected', ...lost, attempt: Math.max(1, patience.fruitlessCount) }];
    }
    return yield* readBody(body, connection);
  } finally {
    leave.abort();
  }
}

/** The signal destroys the body, also one that opens when nobody waits for it any more. */
function openBody(stream: ConstructorParameters<typeof MediaBody>[0], quietMs: number, signal: AbortSignal) {
  const body = new MediaBody(stream, quietMs);
  signal.addEventListener('abort', () => body.destroy(), { once: true });
  if (signal.aborted) body.destroy();
  return body;
}

async function* readBody(body: MediaBody, connection: Connection): Events {
  const { limits, clock, ticks, patience } = connection;
  const reader = new FragmentReader(connection.fragments);
  const demuxer = new Demuxer({ elementBytesMax: limits.elementBytesMax, confirmBlocks: true });
  const take = (event: MatroskaEvent): void => reader.take(event);
  let byteAtMs = clock.now();
  let hasBytes = false;

  for (;;) {
    const read = await body.next();
    if (read.type === 'chunk') {
      hasBytes = true;
      ticks.noteBytes();
      byteAtMs = clock.now();
      const outcome = takeEvents(demuxer.write(read.bytes), take, connection);
      yield connection.fragments.takeEvents();
      if (outcome !== undefined) return outcome;
    } else if (read.type === 'quiet') {
      yield ticks.due();
      const quietMs = clock.now() - byteAtMs;
      if (patience.isMediaOver || quietMs >= limits.bodyIdleMsMax) return { type: 'lost', reason: 'stalled' };
      if (!hasBytes && isAtStart(connection) && quietMs >= limits.startSilenceMsMax) {
        return { type: 'lost', reason: 'silent' };
      }
    } else {
      const outcome = takeEvents(demuxer.finish(), (event) => reader.takeLast(event), connection);
      yield connection.fragments.takeEvents();
      if (outcome !== undefined) return outcome;
      if (read.type === 'cut') return { type: 'lost', reason: 'cut' };
      if (connection.position.isProbe === true) return { type: 'lost', reason: 'silent' };
      return { type: 'lost', reason: reader.isTruncated ? 'truncated' : 'body-ended' };
    }
  }
}

/** Nothing of the call was heard yet, and there is another place to begin. */
function isAtStart({ fragments, position }: Connection): boolean {
  return fragments.progressCount === 0 && position.selector.StartSelectorType !== 'NOW';
}

/** Gives an outcome where the connection has said its last word. */
function takeEvents(
  events: Iterable<MatroskaEvent>,
  take: (event: MatroskaEvent) => void,
  { fragments, patience }: Connection,
): ConnectionOutcome | undefined {
  const before = fragments.progressCount + fragments.progress.marginCount;
  for (const event of events) {
    take(event);
    if (fragments.isStopped) break;
  }
  if (fragments.progressCount + fragments.progress.marginCount > before) patience.noteMedia();
  if (fragments.isOver) return { type: 'over' };
  if (fragments.stoppedAt !== undefined) return { type: 'stopped', at: fragments.stoppedAt };
  if (fragments.refusal !== undefined) {
    return { type: 'failed', error: fromRefusal(fragments.refusal), wasOpen: true };
  }
  return undefined;
}
