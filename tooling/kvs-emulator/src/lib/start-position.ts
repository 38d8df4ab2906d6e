import type { Fragment } from './fragment.ts';
import { invalidArgument } from './kvs-error.ts';
import { requiredText, requiredTimestampMs, type JsonObject } from './json-input.ts';
import type { VideoStream } from './video-stream.ts';

/** Where a reader begins, or why it cannot: an error document with status 200. */
export type StartPosition =
  | { readonly type: 'ordinal'; readonly ordinal: number }
  | { readonly type: 'error'; readonly errorId: string; readonly errorCode: string };

/** The `StartSelector` of GetMedia (connect-media 1.3). Times pick the fragment that contains them, else the next one. */
export function startPosition(stream: VideoStream, selector: JsonObject): StartPosition {
  const type = requiredText(selector, 'StartSelectorType');
  switch (type) {
    case 'NOW':
      return at(stream.newest()?.ordinal ?? stream.nextOrdinal);
    case 'EARLIEST':
      return at(stream.retained()[0]?.ordinal ?? stream.nextOrdinal);
    case 'FRAGMENT_NUMBER':
      return after(stream, requiredText(selector, 'AfterFragmentNumber'));
    case 'CONTINUATION_TOKEN':
      return after(stream, requiredText(selector, 'ContinuationToken'));
    case 'SERVER_TIMESTAMP': {
      const startMs = requiredTimestampMs(selector, 'StartTimestamp');
      return firstWhere(stream, ({ serverTimestampMs, serverEndMs }) => {
        return serverTimestampMs >= startMs || serverEndMs === undefined || serverEndMs > startMs;
      });
    }
    case 'PRODUCER_TIMESTAMP': {
      const startMs = requiredTimestampMs(selector, 'StartTimestamp');
      return firstWhere(stream, ({ producerTimestampMs, durationMs, serverEndMs }) => {
        return serverEndMs === undefined || producerTimestampMs + Math.max(1, durationMs) > startMs;
      });
    }
    default:
      throw invalidArgument(`StartSelectorType ${type} is unknown`);
  }
}

function at(ordinal: number): StartPosition {
  return { type: 'ordinal', ordinal };
}

function after(stream: VideoStream, fragmentNumber: string): StartPosition {
  if (!/^[0-9]{1,128}$/.test(fragmentNumber))
    throw invalidArgument('The fragment number is not 1 to 128 digits');
  const fragment = stream.retained().find(({ number }) => number === fragmentNumber);
  if (fragment !== undefined) return at(fragment.ordinal + 1);
  return { type: 'error', errorId: '4000', errorCode: 'FRAGMENT_NOT_FOUND' };
}

function firstWhere(stream: VideoStream, isWanted: (fragment: Fragment) => boolean): StartPosition {
  return at(stream.retained().find(isWanted)?.ordinal ?? stream.nextOrdinal);
}
