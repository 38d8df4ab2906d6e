import type { Metrics } from '@earshot/telemetry';
import type { Verdict } from './classify-response.ts';

const AGE_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface DeliveryMetrics {
  /** `ageMs` is the time since the message was committed. */
  settled(verdict: Pick<Verdict, 'state'>, ageMs: number): void;
  trimmed(count: number): void;
  swept(count: number): void;
  laneOpened(): void;
  laneClosed(): void;
}

export function createDeliveryMetrics(metrics: Metrics): DeliveryMetrics {
  const settled = metrics.counter({
    name: 'earshot_deliveries_total',
    help: 'Messages settled at an endpoint, by outcome',
    labels: ['state'],
  });
  const age = metrics.histogram({
    name: 'earshot_delivery_seconds',
    help: 'Time from the commit of a message to the 2xx of its endpoint',
    buckets: AGE_BUCKETS_SECONDS,
  });
  const swept = metrics.counter({
    name: 'earshot_lanes_swept_total',
    help: 'Lanes whose wake-up was lost, found by the sweeper',
  });
  const open = metrics.gauge({ name: 'earshot_lanes_open', help: 'Lanes this process works on' });
  return {
    settled({ state }, ageMs) {
      settled.add(1, { state });
      if (state === 'delivered') age.observe(ageMs / 1000);
    },
    trimmed: (count) => settled.add(count, { state: 'dropped' }),
    swept: (count) => swept.add(count),
    laneOpened: () => open.add(1),
    laneClosed: () => open.add(-1),
  };
}
