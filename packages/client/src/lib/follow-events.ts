import type { ListEventsQuery, OperationalEvent, OperationalEventPage } from '@earshot/api';
import { delayUnlessAborted, isAborted } from './delay-unless-aborted.ts';

/** How often is looked, and for how long. */
export interface FollowEventsOptions {
  /** Between two looks. Default 5000 ms. */
  readonly everyMs?: number;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
}

/** Which events; all of the app by default. */
export type FollowEventsQuery = Omit<ListEventsQuery, 'cursor' | 'limit'>;

const EVERY_MS = 5000;
/** Events of several processes may be stored this much later than their times tell. */
const OVERLAP_MS = 60_000;
const PAGE_EVENT_COUNT = 100;
/** Of one look; what is beyond is told as the list has it, by `events.list`. */
const PAGES_MAX = 20;

/** Each event that happens from now on, once, in the order of the times as far as they are known. */
export async function* followEvents(
  list: (query: ListEventsQuery) => Promise<OperationalEventPage>,
  delay: (durationMs: number) => Promise<void>,
  query: FollowEventsQuery = {},
  { everyMs = EVERY_MS, signal }: FollowEventsOptions = {},
): AsyncGenerator<OperationalEvent, void, undefined> {
  const newest = await list({ ...query, limit: 1 });
  let fromMs = newestAtMs(newest.items) - OVERLAP_MS;
  let known = new Set((await listSince(list, query, fromMs)).map(({ id }) => id));
  for (;;) {
    await delayUnlessAborted(delay, everyMs, signal);
    if (isAborted(signal)) return;
    const recent = await listSince(list, query, fromMs);
    yield* recent.filter(({ id }) => !known.has(id)).toReversed();
    if (recent.length === 0) continue;
    known = new Set(recent.map(({ id }) => id));
    fromMs = newestAtMs(recent) - OVERLAP_MS;
  }
}

/** Newest first. */
async function listSince(
  list: (query: ListEventsQuery) => Promise<OperationalEventPage>,
  query: FollowEventsQuery,
  fromMs: number,
): Promise<readonly OperationalEvent[]> {
  const found: OperationalEvent[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await list({
      ...query,
      limit: PAGE_EVENT_COUNT,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const recent = page.items.filter(({ timestamp }) => Date.parse(timestamp) >= fromMs);
    found.push(...recent);
    cursor = page.nextCursor;
    if (cursor === undefined || recent.length < page.items.length) break;
  }
  return found;
}

function newestAtMs(events: readonly OperationalEvent[]): number {
  return events.reduce((newest, { timestamp }) => Math.max(newest, Date.parse(timestamp)), 0);
}
