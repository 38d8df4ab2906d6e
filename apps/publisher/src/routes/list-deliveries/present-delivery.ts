import type { Delivery } from '@earshot/api';
import type { DeliveryRecord } from '@earshot/storage';
import { describeFailure } from '../../describe-failure.ts';

export function presentDelivery(record: DeliveryRecord): Delivery {
  const { lastStatus, lastError, deliveredAtMs } = record;
  return {
    id: record.deliveryId,
    endpointId: record.endpointId,
    guid: record.guid,
    messageId: record.messageId,
    sequence: record.sequence,
    state: record.state,
    attempts: record.attempts,
    ...(lastStatus === undefined ? {} : { lastStatus }),
    ...(lastError === undefined ? {} : { lastError: describeFailure(lastError, lastStatus) }),
    createdAt: new Date(record.createdAtMs).toISOString(),
    ...(deliveredAtMs === undefined ? {} : { deliveredAt: new Date(deliveredAtMs).toISOString() }),
  };
}
