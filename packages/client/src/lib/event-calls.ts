import type { ListEventsQuery, OperationalEvent, OperationalEventPage, paths } from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { followEvents, type FollowEventsOptions, type FollowEventsQuery } from './follow-events.ts';
import { unwrap } from './unwrap.ts';

/** What happened to the endpoints of the app; needs the scope `webhooks:admin`. */
export interface EventCalls {
  /** One page, newest first; `nextCursor` leads to the next. */
  list(query?: ListEventsQuery): Promise<OperationalEventPage>;
  /** Each one that happens from then on, once; looks every 5 s, until the signal fires. */
  follow(query?: FollowEventsQuery, options?: FollowEventsOptions): AsyncIterable<OperationalEvent>;
}

export function eventCalls(
  api: Client<paths>,
  { delay }: { readonly delay: (durationMs: number) => Promise<void> },
): EventCalls {
  const list = async (query: ListEventsQuery = {}): Promise<OperationalEventPage> =>
    await unwrap(api.GET('/earshot/v1/events', { params: { query } }));
  return { list, follow: (query, options) => followEvents(list, delay, query, options) };
}
