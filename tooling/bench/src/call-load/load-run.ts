import { setTimeout as delay } from 'node:timers/promises';
import { ensureStream } from '@earshot/connect-producer';
import { startEmulator, startScriptedIngest, type CallDesk } from '@earshot/scripted-ingest';
import { BenchError, type BenchContext } from '../bench.ts';
import { median } from '../harness.ts';
import type { LoadServices } from './load-services.ts';
import { startMeter, type LoadParts, type Spent } from './load-meter.ts';
import { processUsage } from './process-usage.ts';
import { startProducers } from './producers.ts';
import type { StoredFigures } from './stored-figures.ts';
import { BLOCK_MS } from './voices.ts';

export interface Load {
  readonly calls: number;
  readonly callBlocks: number;
  readonly batchBlocks: number;
  readonly producers: number;
  /** Where the CPU profiles of the ingest process and the emulator go. */
  readonly profileDirectory: string | undefined;
}

export interface LoadWorld {
  readonly context: BenchContext;
  readonly services: LoadServices;
  readonly desk: CallDesk;
  readonly figures: StoredFigures;
  /** What was sealed under it stays in the database, so all runs share it. */
  readonly masterKey: string;
}

/** `Spent` is of the time while all calls were live. */
export interface LoadResult extends Spent {
  readonly guidPrefix: string;
  /** PCM that the emulator acknowledged, per call, of each side. */
  readonly putBytes: ReadonlyMap<string, number>;
  readonly idleKib: number;
  /** Median while all calls were live. */
  readonly loadedKib: number;
  /** How far a producer was behind the clock at worst. */
  readonly producerLateMs: number;
}

const START_EVERY_MS = 50;
const SETTLE_MS = 2000;
const SAMPLE_EVERY_MS = 2000;
/** After the last call's end; what is not stored by then counts as lost. */
const END_TIMEOUT_MS = 60_000;
/** About a minute of each call: whoever is further behind has lost. */
const RETENTION_BYTES_MAX = 2 * 1024 * 1024;

/** Plays calls in real time into one ingest process of its own, and tells what it took. */
export async function runLoad(world: LoadWorld, load: Load): Promise<LoadResult> {
  const { services, context } = world;
  const { signal } = context;
  const nodeArguments =
    load.profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${load.profileDirectory}`];
  const emulator = await startEmulator({ retentionBytesMax: RETENTION_BYTES_MAX, nodeArguments });
  const ingest = await startScriptedIngest({
    databaseUrl: services.postgres.url,
    redisUrl: services.redis?.url,
    kinesisEndpointUrl: emulator.baseUrl,
    masterKey: world.masterKey,
    callsMax: load.calls,
    nodeArguments,
    onRecord: (record) => {
      if (record['level'] === 'warn' || record['level'] === 'error') context.say(JSON.stringify(record));
    },
  });
  const producers = await startProducers(load.producers, { ...load, endpointUrl: emulator.baseUrl });
  const parts: LoadParts = {
    pids: {
      ingest: [ingest.pid],
      emulator: [emulator.pid],
      producers: producers.pids,
      redis: services.redis === undefined ? [] : [services.redis.pid],
      bench: [process.pid],
    },
    postgresPid: services.postgres.pid,
  };

  try {
    await delay(SETTLE_MS, undefined, { signal });
    const idleKib = (await processUsage(ingest.pid)).residentKib;
    const guidPrefix = `load-${Date.now()}-${load.calls}-`;
    const played = await startCalls(world, load, { guidPrefix, endpointUrl: emulator.baseUrl, producers });
    context.say(`  ${load.calls} calls live`);
    const readMeter = await startMeter(parts, world.figures);
    const residentKib: number[] = [];
    let areLive = true;
    const finishing = Promise.race(played.map(({ finished }) => finished)).finally(() => (areLive = false));
    while (areLive) {
      await Promise.race([delay(SAMPLE_EVERY_MS, undefined, { signal }), finishing]);
      residentKib.push((await processUsage(ingest.pid)).residentKib);
    }
    const spent = await readMeter();
    const finished = await Promise.all(played.map(({ finished: call }) => call));
    context.say('  all calls played');
    return {
      guidPrefix,
      putBytes: new Map(played.map(({ guid }, index) => [guid, finished[index]?.sideBytes ?? 0])),
      idleKib,
      loadedKib: median(residentKib.slice(Math.floor(residentKib.length / 2))),
      ...spent,
      producerLateMs: Math.max(...finished.map(({ lateMsMax }) => lateMsMax)),
    };
  } finally {
    producers.close();
    await ingest.stop();
    await emulator.stop();
  }
}

interface StartedCall {
  readonly guid: string;
  /** Played, stopped and ended. */
  readonly finished: Promise<{ readonly sideBytes: number; readonly lateMsMax: number }>;
}

interface Starting {
  readonly guidPrefix: string;
  readonly endpointUrl: string;
  readonly producers: Awaited<ReturnType<typeof startProducers>>;
}

/** One call after the other, at an even pace; resolves when the last has begun. */
async function startCalls(
  { desk, context }: LoadWorld,
  { calls, callBlocks }: Load,
  { guidPrefix, endpointUrl, producers }: Starting,
): Promise<StartedCall[]> {
  const ended = await waitForEnds(desk, callBlocks * BLOCK_MS + calls * START_EVERY_MS + END_TIMEOUT_MS);
  const started: StartedCall[] = [];
  const beganAtMs = performance.now();
  for (let index = 0; index < calls; index += 1) {
    const guid = `${guidPrefix}${index}`;
    const { streamArn } = await ensureStream({ endpointUrl, streamName: guid });
    const { sessionId } = await desk.startCall({ guid, streamArn });
    const playing = producers.play({ index, streamName: guid, contactId: guid });
    const finished = playing.then(async (call) => {
      await desk.requestStop(guid);
      await ended.of(sessionId);
      return call;
    });
    started.push({ guid, finished });
    const waitMs = beganAtMs + (index + 1) * START_EVERY_MS - performance.now();
    await delay(Math.max(0, waitMs), undefined, { signal: context.signal });
  }
  return started;
}

/** Ends are told by the database; one that is not told in time fails the benchmark. */
async function waitForEnds(desk: CallDesk, timeoutMs: number) {
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const endOf = (sessionId: string): PromiseWithResolvers<void> => {
    const known = ends.get(sessionId) ?? Promise.withResolvers<void>();
    ends.set(sessionId, known);
    return known;
  };
  await desk.storage.notifications.listen('session_ended', (sessionId) => endOf(sessionId).resolve());
  const timer = setTimeout(() => {
    for (const end of ends.values())
      end.reject(new BenchError(`Cannot measure: a call did not end in ${timeoutMs} ms`));
  }, timeoutMs);
  timer.unref();
  return { of: (sessionId: string) => endOf(sessionId).promise };
}
