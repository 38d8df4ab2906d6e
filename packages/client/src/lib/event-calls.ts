import type { ListEventsQuery, OperationalEventPage, paths } from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { unwrap } from './unwrap.ts';

/** What happened to the endpoints of the app; needs the scope `webhooks:admin`. */
export interface EventCalls {
  /** One page, newest first; `nextCursor` leads to the next. */
  list(query?: ListEventsQuery): Promise<OperationalEventPage>;
}

export function eventCalls(api: Client<paths>): EventCalls {
  return {
    list: async (query = {}) => await unwrap(api.GET('/earshot/v1/events', { params: { query } })),
  };
}
