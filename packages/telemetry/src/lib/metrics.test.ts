import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('renders counters, gauges and histograms in Prometheus text with the app label', async () => {
    const metrics = createMetrics('gateway');
    const delivered = metrics.counter({ name: 'earshot_delivered_total', help: 'h', labels: ['outcome'] });
    delivered.add(1, { outcome: 'ok' });
    delivered.add(2, { outcome: 'ok' });
    const live = metrics.gauge({ name: 'earshot_live_calls', help: 'h' });
    live.set(5);
    live.add(-2);
    metrics.histogram({ name: 'earshot_wait_seconds', help: 'h', buckets: [0.1, 1] }).observe(0.5);

    const { contentType, body } = await metrics.render();
    expect(contentType).toContain('text/plain');
    expect(body).toContain('earshot_delivered_total{outcome="ok",app="gateway"} 3');
    expect(body).toContain('earshot_live_calls{app="gateway"} 3');
    expect(body).toContain('earshot_wait_seconds_bucket{le="0.1",app="gateway"} 0');
    expect(body).toContain('earshot_wait_seconds_bucket{le="1",app="gateway"} 1');
    expect(body).toContain('process_cpu_seconds_total');
  });

  it('keeps registries apart', async () => {
    createMetrics('a').counter({ name: 'earshot_only_a_total', help: 'h' }).add();
    expect((await createMetrics('b').render()).body).not.toContain('earshot_only_a_total');
  });
});
