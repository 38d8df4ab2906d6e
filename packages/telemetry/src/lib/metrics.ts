import * as prom from 'prom-client';

/** Label values must come from small closed sets: never a call, a tenant's text or an URL. */
export type MetricLabels = Readonly<Record<string, string | number>>;

export interface MetricOptions<L extends string> {
  /** Snake case with its unit last, for example `earshot_delivery_duration_seconds`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly L[];
}

export interface Counter<L extends string = never> {
  add(value?: number, labels?: Readonly<Record<L, string>>): void;
}

export interface Gauge<L extends string = never> {
  set(value: number, labels?: Readonly<Record<L, string>>): void;
  add(value: number, labels?: Readonly<Record<L, string>>): void;
}

export interface Histogram<L extends string = never> {
  observe(value: number, labels?: Readonly<Record<L, string>>): void;
}

export interface Metrics {
  counter<L extends string = never>(options: MetricOptions<L>): Counter<L>;
  gauge<L extends string = never>(options: MetricOptions<L>): Gauge<L>;
  histogram<L extends string = never>(
    options: MetricOptions<L> & { readonly buckets: readonly number[] },
  ): Histogram<L>;
  /** The Prometheus text form of everything registered here. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** A registry of its own, with the process metrics of Node and the label `app` on every series. */
export function createMetrics(app: string): Metrics {
  const registry = new prom.Registry();
  registry.setDefaultLabels({ app });
  prom.collectDefaultMetrics({ register: registry });
  return {
    counter: (options) => {
      const counter = new prom.Counter(promOptions(options, registry));
      return { add: (value = 1, labels) => counter.inc(labels ?? {}, value) };
    },
    gauge: (options) => {
      const gauge = new prom.Gauge(promOptions(options, registry));
      return {
        set: (value, labels) => gauge.set(labels ?? {}, value),
        add: (value, labels) => gauge.inc(labels ?? {}, value),
      };
    },
    histogram: (options) => {
      const histogram = new prom.Histogram({
        ...promOptions(options, registry),
        buckets: [...options.buckets],
      });
      return { observe: (value, labels) => histogram.observe(labels ?? {}, value) };
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function promOptions(options: MetricOptions<string>, registry: prom.Registry) {
  return {
    name: options.name,
    help: options.help,
    labelNames: [...(options.labels ?? [])],
    registers: [registry],
  };
}
