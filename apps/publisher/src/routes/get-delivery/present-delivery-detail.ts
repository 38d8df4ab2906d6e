import type { DeliveryAttempt, DeliveryDetail } from '@earshot/api';
import type { DeliveryAttempt as StoredAttempt, DeliveryWithAttempts } from '@earshot/storage';
import { presentDelivery } from '../list-deliveries/present-delivery.ts';

export function presentDeliveryDetail(delivery: DeliveryWithAttempts): DeliveryDetail {
  const { nextAttemptAtMs, replayedAtMs, state } = delivery;
  return {
    ...presentDelivery(delivery),
    ...(nextAttemptAtMs === undefined || state !== 'pending' ? {} : { nextAttemptAt: iso(nextAttemptAtMs) }),
    ...(replayedAtMs === undefined ? {} : { replayedAt: iso(replayedAtMs) }),
    attemptList: delivery.attemptList.map(presentAttempt),
  };
}

function presentAttempt(attempt: StoredAttempt): DeliveryAttempt {
  const { status, errorCode, detail, responsePreview } = attempt;
  return {
    attempt: attempt.attempt,
    attemptedAt: iso(attempt.attemptedAtMs),
    durationMs: attempt.durationMs,
    ...(status === undefined ? {} : { status }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(detail === undefined ? {} : { detail }),
    ...(responsePreview === undefined ? {} : { responsePreview }),
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
