import type { DeliveryDetail, DeliveryPage, ListDeliveriesQuery, paths } from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { unwrap } from './unwrap.ts';

/** What became of the messages of the app; needs the scope `webhooks:admin`. */
export interface DeliveryCalls {
  /** One page, newest first; `nextCursor` leads to the next. Dead letters: `state: 'dead'`. */
  list(query?: ListDeliveriesQuery): Promise<DeliveryPage>;
  /** One with its attempts. */
  get(deliveryId: string): Promise<DeliveryDetail>;
  /** Sends it again, now; `409-01` when it was delivered or its endpoint is disabled. */
  retry(deliveryId: string): Promise<DeliveryDetail>;
}

const DELIVERY = '/earshot/v1/deliveries/{deliveryId}';

export function deliveryCalls(api: Client<paths>): DeliveryCalls {
  const byId = (deliveryId: string) => ({ params: { path: { deliveryId } } });
  return {
    list: async (query = {}) => await unwrap(api.GET('/earshot/v1/deliveries', { params: { query } })),
    get: async (deliveryId) => await unwrap(api.GET(DELIVERY, byId(deliveryId))),
    retry: async (deliveryId) => await unwrap(api.POST(`${DELIVERY}/retry`, byId(deliveryId))),
  };
}
