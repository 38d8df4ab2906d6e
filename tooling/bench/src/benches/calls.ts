import { parseArgs } from 'node:util';
import { newMasterKey, openCallDesk } from '@earshot/scripted-ingest';
import { BenchUsageError, countOption, type BenchContext } from '../bench.ts';
import { startLoadServices } from '../call-load/load-services.ts';
import { runLoad, type Load, type LoadResult, type LoadWorld } from '../call-load/load-run.ts';
import { FRAGMENT_BLOCKS } from '../call-load/paced-calls.ts';
import { openStoredFigures } from '../call-load/stored-figures.ts';
import { BLOCK_MS } from '../call-load/voices.ts';
import { distribution } from '../harness.ts';

const CALLS_DEFAULT = 500;
const MINUTES_DEFAULT = 5;
const BATCH_MS_DEFAULT = 256;
const MINUTE_MS = 60_000;

/** Live calls in real time from emulator to store through one ingest process with a scripted recogniser. */
export async function calls(context: BenchContext): Promise<void> {
  const load = readLoad(context.args);
  const services = await startLoadServices();
  try {
    const servers = { databaseUrl: services.postgres.url, redisUrl: services.redis?.url };
    const desk = await openCallDesk(servers);
    const figures = openStoredFigures(servers.databaseUrl);
    try {
      const world: LoadWorld = { context, services, desk, figures, masterKey: newMasterKey() };
      const half = { ...load, calls: Math.max(1, Math.floor(load.calls / 2)) };
      for (const point of load.isAlone ? [load] : [half, load]) {
        context.say(`playing ${point.calls} calls`);
        await report(world, point, await runLoad(world, point));
      }
    } finally {
      await figures.close();
      await desk.close();
    }
  } finally {
    await services.stop();
  }
}

function readLoad(args: readonly string[]): Load & { readonly isAlone: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      calls: { type: 'string' },
      minutes: { type: 'string' },
      'batch-ms': { type: 'string' },
      producers: { type: 'string' },
      profile: { type: 'string' },
      alone: { type: 'boolean' },
    },
  });
  const minutes = Number(values.minutes ?? MINUTES_DEFAULT);
  if (!(minutes > 0))
    throw new BenchUsageError(`Cannot use --minutes ${values.minutes ?? ''}: expected a number over 0`);
  const fragments = Math.max(1, Math.round((minutes * MINUTE_MS) / BLOCK_MS / FRAGMENT_BLOCKS));
  const batchBlocks = countOption('batch-ms', values['batch-ms'], BATCH_MS_DEFAULT) / BLOCK_MS;
  if (!Number.isInteger(batchBlocks) || FRAGMENT_BLOCKS % batchBlocks !== 0)
    throw new BenchUsageError('Cannot use --batch-ms: expected 64, 128, 256, 512 or 1024');
  return {
    calls: countOption('calls', values.calls, CALLS_DEFAULT),
    callBlocks: fragments * FRAGMENT_BLOCKS,
    batchBlocks,
    producers: countOption('producers', values.producers, 1),
    profileDirectory: values.profile,
    isAlone: values.alone === true || values.profile !== undefined,
  };
}

async function report(
  { context, services, figures }: LoadWorld,
  load: Load,
  result: LoadResult,
): Promise<void> {
  const params = {
    calls: load.calls,
    minutes: Number(((load.callBlocks * BLOCK_MS) / MINUTE_MS).toFixed(2)),
    queues: services.redis === undefined ? 'postgres' : 'redis',
  };
  const print = (
    metric: string,
    unit: string,
    value: number,
    more: Readonly<Record<string, string | number>> = {},
  ) => context.print({ bench: 'calls', metric, unit, value, peer: 'ours', params: { ...params, ...more } });

  const stored = await figures.audioBytes(result.guidPrefix);
  const differences = [...result.putBytes].flatMap(([guid, put]) =>
    (stored.get(guid) ?? [0, 0]).map((bytes) => put - bytes),
  );
  print('calls', 'calls', differences.filter((difference) => difference === 0).length / 2);
  print('lostBytes', 'B', sum(differences.filter((difference) => difference > 0)));
  print('doubledBytes', 'B', -sum(differences.filter((difference) => difference < 0)));
  print('rssPerCall', 'kB', ((result.loadedKib - result.idleKib) * 1.024) / load.calls);
  print('commitsPerSecond', '1/s', result.commitsPerSecond);
  for (const [process, cores] of Object.entries(result.cores)) print('cpu', 'cores', cores, { process });
  print('producerLate', 'ms', result.producerLateMs);
  for (const [minute, lagsMs] of (await figures.lagByMinute(result.guidPrefix)).entries())
    context.print({
      bench: 'calls',
      metric: 'lag',
      unit: 'ms',
      ...distribution(lagsMs),
      peer: 'ours',
      params: { ...params, minute: minute + 1 },
    });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
