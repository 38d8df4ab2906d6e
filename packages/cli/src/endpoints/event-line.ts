import type { OperationalEvent } from '@earshot/api';

/** One line of when, what, to which endpoint and what is known of it. */
export function eventLine({ timestamp, type, data }: OperationalEvent): string {
  const facts = [
    data.reason,
    data.nextProbeAt === undefined ? undefined : `tried again at ${data.nextProbeAt}`,
    data.openedAt === undefined ? undefined : `open since ${data.openedAt}`,
    data.strategy === undefined ? undefined : `certificate of ${data.strategy}`,
    data.daysLeft === undefined ? undefined : `${data.daysLeft} days left`,
    data.deliveryId === undefined ? undefined : `delivery ${data.deliveryId}`,
    data.attempts === undefined
      ? undefined
      : `${data.attempts} ${data.attempts === 1 ? 'attempt' : 'attempts'}`,
    data.lastStatus === undefined ? undefined : `status ${data.lastStatus}`,
    data.lastError,
  ].filter((fact) => fact !== undefined);
  const line = `${timestamp}  ${type.padEnd(29)}  ${data.name} (${data.endpointId})`;
  return facts.length === 0 ? line : `${line}  ${facts.join(', ')}`;
}
