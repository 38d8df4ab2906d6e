import type { Fragment } from './fragment.ts';
import { invalidArgument } from './kvs-error.ts';
import { requiredText, requiredTimestampMs, type JsonObject } from './json-input.ts';
import type { StoredFragments } from './stored-fragments.ts';

/** Where a reader begins, or why it cannot: an error document with status 200. */
export type StartPosition =
  | { readonly type: 'ordinal'; readonly ordinal: number }
  | { readonly type: 'error'; readonly errorId: string; readonly errorCode: string };

/** The `StartSelector` of GetMedia (connect-media 1.3). Times pick the fragment that contains them, else the next one. */
export function startPosition(stored: StoredFragments, selector: JsonObject): StartPosition {
  const type = requiredText(selector, 'StartSelectorType');
  switch (type) {
    case 'NOW':
      return at(stored.newest()?.ordinal ?? stored.stream.nextOrdinal);
    case 'EARLIEST':
      return at(stored.retained()[0]?.ordinal ?? stored.stream.nextOrdinal);
    case 'FRAGMENT_NUMBER':
      return after(stored, requiredText(selector, 'AfterFragmentNumber'));
    case 'CONTINUATION_TOKEN':
      return after(stored, requiredText(selector, 'ContinuationToken'));
    case 'SERVER_TIMESTAMP': {
      const startMs = requiredTimestampMs(selector, 'StartTimestamp');
      return firstWhere(stored, (fragment) => {
        const { serverTimestampMs } = stored.view(fragment);
        const lengthMs = (fragment.serverEndMs ?? Number.POSITIVE_INFINITY) - fragment.serverTimestampMs;
        return serverTimestampMs >= startMs || serverTimestampMs + lengthMs > startMs;
      });
    }
    case 'PRODUCER_TIMESTAMP': {
      const startMs = requiredTimestampMs(selector, 'StartTimestamp');
      return firstWhere(stored, ({ producerTimestampMs, durationMs, serverEndMs }) => {
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

function after(stored: StoredFragments, fragmentNumber: string): StartPosition {
  if (!/^[0-9]{1,128}$/.test(fragmentNumber))
    throw invalidArgument('The fragment number is not 1 to 128 digits');
  const fragment = stored.retained().find(({ number }) => number === fragmentNumber);
  if (fragment !== undefined) return at(fragment.ordinal + 1);
  return { type: 'error', errorId: '4000', errorCode: 'FRAGMENT_NOT_FOUND' };
}

function firstWhere(stored: StoredFragments, isWanted: (fragment: Fragment) => boolean): StartPosition {
  return at(stored.retained().find(isWanted)?.ordinal ?? stored.stream.nextOrdinal);
}
