import type { Metrics } from '@earshot/telemetry';

/**
 * `sent`: answered 2xx. `failed`: anything else. Dropped: `replaced` by a newer one, `late` (older than 2 s), `finished`
 * (its transcript is known), `gone` (the endpoint wants none any more), `crowded` (too many at once).
 */
export type PartialOutcome = 'sent' | 'failed' | 'replaced' | 'late' | 'finished' | 'gone' | 'crowded';

export interface PartialMetrics {
  settled(outcome: PartialOutcome): void;
}

export function createPartialMetrics(metrics: Metrics): PartialMetrics {
  const settled = metrics.counter({
    name: 'earshot_partials_total',
    help: 'Partials for an endpoint, by what became of them',
    labels: ['outcome'],
  });
  return { settled: (outcome) => settled.add(1, { outcome }) };
}
