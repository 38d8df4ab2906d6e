import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BenchError, BenchUsageError, countOption, type BenchContext } from '../bench.ts';
import { distribution } from '../harness.ts';
import { findAppUrl, withRunningSystem } from '../running-system.ts';
import { playCalls } from './utterance.ts';

const MINUTES_DEFAULT = 60;
const CALLS_DEFAULT = 4;
const MINUTE_MS = 60_000;
const SCRAPE_TIMEOUT_MS = 5_000;

export interface Sample {
  readonly residentBytes: number;
  /** Since the scrape before it. */
  readonly eventLoopDelayP99Ms: number;
}

/** Calls one after another for an hour, so that what grows or stalls is seen; sampled each minute. */
export async function steady(context: BenchContext): Promise<void> {
  const { values } = parseArgs({
    args: [...context.args],
    options: { minutes: { type: 'string' }, calls: { type: 'string' } },
  });
  const minutes = Number(values.minutes ?? MINUTES_DEFAULT);
  if (!(minutes > 0))
    throw new BenchUsageError(`Cannot use --minutes ${values.minutes ?? ''}: expected a number over 0`);
  const calls = countOption('calls', values.calls, CALLS_DEFAULT);
  await withRunningSystem(context, async () => {
    const ingestUrl = await findAppUrl(context.checkout, 'ingest');
    const played = new AbortController();
    const sampling = sampleEachMinute(context, ingestUrl, AbortSignal.any([context.signal, played.signal]));
    const latenciesMs: number[] = [];
    const endAtMs = performance.now() + minutes * MINUTE_MS;
    try {
      while (performance.now() < endAtMs)
        latenciesMs.push(...(await playCalls(context, { calls, identity: 'leading' })));
    } finally {
      played.abort();
    }
    report(context, { minutes, calls }, await sampling, latenciesMs);
  });
}

function report(
  { print }: BenchContext,
  params: { readonly minutes: number; readonly calls: number },
  samples: readonly Sample[],
  latenciesMs: readonly number[],
): void {
  const common = { bench: 'steady', peer: 'ours', params } as const;
  const residentMb = samples.map(({ residentBytes }) => residentBytes / 1e6);
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  print({ ...common, metric: 'endToEnd', unit: 'ms', ...distribution(latenciesMs) });
  const delaysMs = samples.map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms);
  print({ ...common, metric: 'eventLoopDelayP99', unit: 'ms', ...distribution(delaysMs) });
  print({ ...common, metric: 'rss', unit: 'MB', ...distribution(residentMb) });
  // Of the second quarter against the last: the first holds what is loaded and warmed.
  const [early, late] = [residentMb.slice(quarter, 2 * quarter), residentMb.slice(-quarter)];
  if (samples.length >= 4)
    print({
      ...common,
      metric: 'rssGrowth',
      unit: 'MB',
      value: distribution(late).value - distribution(early).value,
    });
}

async function sampleEachMinute(
  context: BenchContext,
  ingestUrl: string,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  // The first tells of the start, and begins the count of the delay.
  await scrape(ingestUrl);
  for (;;) {
    try {
      await delay(MINUTE_MS, undefined, { signal });
    } catch {
      context.signal.throwIfAborted();
      return samples;
    }
    const sample = await scrape(ingestUrl);
    samples.push(sample);
    const { residentBytes, eventLoopDelayP99Ms } = sample;
    context.say(
      `minute ${samples.length}: ${(residentBytes / 1e6).toFixed(0)} MB, event-loop delay p99 ${eventLoopDelayP99Ms.toFixed(1)} ms`,
    );
  }
}

async function scrape(baseUrl: string): Promise<Sample> {
  const response = await fetch(new URL('/metrics', baseUrl), {
    signal: AbortSignal.timeout(SCRAPE_TIMEOUT_MS),
  });
  return readSample(await response.text());
}

/** From the Prometheus text of an app. Throws `BenchError` where a series is missing. */
export function readSample(text: string): Sample {
  return {
    residentBytes: series(text, 'process_resident_memory_bytes'),
    eventLoopDelayP99Ms: series(text, 'nodejs_eventloop_lag_p99_seconds') * 1000,
  };
}

function series(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name}{`));
  const value = Number(line?.split(' ').at(-1));
  if (line === undefined || !Number.isFinite(value))
    throw new BenchError(`Cannot read metrics: ${name} is missing`);
  return value;
}
