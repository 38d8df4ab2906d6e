import type { AppEnv } from '@earshot/http';
import type { DeliveryReplays } from '@earshot/storage';
import type { Context } from 'hono';
import { refuseUnknownDelivery } from '../refusals.ts';
import { presentDeliveryDetail } from './present-delivery-detail.ts';

/** GET /earshot/v1/deliveries/{deliveryId} */
export function getDelivery(replays: Pick<DeliveryReplays, 'get'>) {
  return async (c: Context<AppEnv>) => {
    const delivery = await replays.get(c.get('key').tenantId, c.req.param('deliveryId') ?? '');
    return delivery === undefined ? refuseUnknownDelivery(c) : c.json(presentDeliveryDetail(delivery));
  };
}
