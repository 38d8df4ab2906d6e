import { cpus, totalmem } from 'node:os';

/** One measurement, as it stands on a line of standard output. Fields that do not apply are left out. */
export interface Measurement {
  readonly bench: string;
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  /** How many samples or runs are behind it. */
  readonly n?: number;
  /** `ours`, or what was measured beside us in the same run. */
  readonly peer?: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

const FIELDS = ['bench', 'metric', 'unit', 'value', 'p50', 'p95', 'p99', 'n', 'peer', 'params'] as const;
const SIGNIFICANT_DIGITS = 6;

/** One line of JSON without its end; fields in one order, numbers to six significant digits. Throws on NaN and infinity. */
export function formatMeasurement(measurement: Measurement): string {
  const given = FIELDS.filter((name) => measurement[name] !== undefined);
  return JSON.stringify(Object.fromEntries(given.map((name) => [name, presented(name, measurement[name])])));
}

function presented(name: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw new RangeError(`Cannot print ${name}: ${value} is not a finite number`);
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}

/** The smallest sample that at least `share` (0..1) of all samples do not exceed (nearest rank). Throws on none. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const found = sorted[rank - 1];
  if (found === undefined) throw new RangeError(`Cannot take quantile ${share}: there are no samples`);
  return found;
}

/** The middle sample, or the mean of the two in the middle. Throws on none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined)
    throw new RangeError('Cannot take median: there are no samples');
  return (lower + upper) / 2;
}

/** What a line says about samples of one kind: `value` is the median by nearest rank. */
export function distribution(
  samples: readonly number[],
): Required<Pick<Measurement, 'value' | 'p50' | 'p95' | 'p99' | 'n'>> {
  const p50 = quantile(samples, 0.5);
  return {
    value: p50,
    p50,
    p95: quantile(samples, 0.95),
    p99: quantile(samples, 0.99),
    n: samples.length,
  };
}

/** The machine a number belongs to, for a person to read. */
export function describeMachine(): string {
  const cores = cpus();
  const memoryGiB = (totalmem() / 1024 ** 3).toFixed(0);
  const model = cores[0]?.model.trim() ?? 'unknown processor';
  return `${cores.length} x ${model}, ${memoryGiB} GiB, ${process.platform}-${process.arch}, Node ${process.versions.node}`;
}
