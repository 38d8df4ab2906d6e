import type { Clock } from '@earshot/domain';
import type { AppEnv } from '@earshot/http';
import type { DeliveryReplays } from '@earshot/storage';
import type { Context } from 'hono';
import { wakeFromBeginning, type LaneWakingDeps } from '../../endpoints/wake-lanes.ts';
import { presentDeliveryDetail } from '../get-delivery/present-delivery-detail.ts';
import { refuseDelivered, refuseDisabledEndpoint, refuseUnknownDelivery } from '../refusals.ts';

export interface RetryDeps extends LaneWakingDeps {
  readonly replays: Pick<DeliveryReplays, 'get' | 'retry'>;
  readonly clock: Clock;
}

/** POST /earshot/v1/deliveries/{deliveryId}/retry */
export function retryDelivery(deps: RetryDeps) {
  return async (c: Context<AppEnv>) => {
    const { tenantId } = c.get('key');
    const deliveryId = c.req.param('deliveryId') ?? '';
    const outcome = await deps.replays.retry({ tenantId, deliveryId, atMs: deps.clock.now() });
    switch (outcome.type) {
      case 'unknown':
        return refuseUnknownDelivery(c);
      case 'delivered':
        return refuseDelivered(c);
      case 'endpoint-disabled':
        return refuseDisabledEndpoint(c);
      case 'queued': {
        const delivery = await deps.replays.get(tenantId, deliveryId);
        await wakeFromBeginning(deps, [outcome.lane]);
        return delivery === undefined
          ? refuseUnknownDelivery(c)
          : c.json(presentDeliveryDetail(delivery), 202);
      }
    }
  };
}
