import type { ListEventsQuery, OperationalEventPage } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { OperationalEventStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentEvent } from '../../events/present-event.ts';

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/events */
export function listEvents(events: Pick<OperationalEventStore, 'list'>) {
  return async (c: Context<AppEnv, string, QueryParams<ListEventsQuery>>) => {
    const { limit = PAGE_ITEM_COUNT, ...filters } = c.req.valid('query');
    const { tenantId, appId } = c.get('key');
    const page = await events.list({ tenantId, appId, limit, ...filters });
    const answer: OperationalEventPage = {
      items: page.items.map(presentEvent),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
