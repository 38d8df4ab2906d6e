import type { DeliveryPage, ListDeliveriesQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { LaneStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentDelivery } from './present-delivery.ts';

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/deliveries */
export function listDeliveries(lanes: Pick<LaneStore, 'listDeliveries'>) {
  return async (c: Context<AppEnv, string, QueryParams<ListDeliveriesQuery>>) => {
    const { limit = PAGE_ITEM_COUNT, ...filters } = c.req.valid('query');
    const page = await lanes.listDeliveries({ tenantId: c.get('key').tenantId, limit, ...filters });
    const answer: DeliveryPage = {
      items: page.items.map(presentDelivery),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
