import type { Delivery, DeliveryAttempt, DeliveryDetail } from '@earshot/api';

/** One line a list shows. */
export function deliveryLine(delivery: Delivery): string {
  const { id, createdAt, state, guid, sequence, attempts, lastStatus, lastError } = delivery;
  const status = lastStatus === undefined ? '' : `  ${lastStatus}`;
  const error = lastError === undefined ? '' : `  ${lastError}`;
  return `${id}  ${createdAt}  ${state.padEnd(9)}  ${guid} #${sequence}  ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${status}${error}`;
}

/** A delivery with every attempt that is known of it. */
export function deliveryLines(delivery: DeliveryDetail): string[] {
  const { nextAttemptAt, replayedAt, attemptList } = delivery;
  return [
    deliveryLine(delivery),
    `  endpoint ${delivery.endpointId}, message ${delivery.messageId}`,
    ...(nextAttemptAt === undefined ? [] : [`  next attempt at ${nextAttemptAt}`]),
    ...(replayedAt === undefined ? [] : [`  asked for again at ${replayedAt}`]),
    ...attemptList.flatMap(attemptLines),
  ];
}

function attemptLines(one: DeliveryAttempt): string[] {
  const { attempt, attemptedAt, durationMs, status, errorCode, detail, responsePreview } = one;
  const came = [status === undefined ? undefined : `status ${status}`, errorCode, detail];
  const outcome = came.filter((part) => part !== undefined).join(', ');
  return [
    `  ${attempt}. ${attemptedAt}  ${durationMs} ms  ${outcome}`,
    ...(responsePreview === undefined || responsePreview === '' ? [] : [`     answered: ${responsePreview}`]),
  ];
}
