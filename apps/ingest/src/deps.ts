import { setTimeout as delay } from 'node:timers/promises';
import { createCallMediaSource } from '@earshot/connect-media';
import { systemClock } from '@earshot/domain';
import { callSessionsQueue, connectQueues, createProducer, lanesQueue } from '@earshot/queues';
import { createSileroDetector, Endpointer, type SpeechRecognizer } from '@earshot/speech';
import { createStorage } from '@earshot/storage';
import { openObjectStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createVault, readMasterKey } from '@earshot/vault';
import type { CreateEndpointer } from './call-track.ts';
import type { IngestConfig } from './config.ts';
import { openControlRoom } from './control.ts';
import { DecodePressure } from './decode-pressure.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { createKinesisRoles } from './kinesis-roles.ts';
import { openEngines, type Engines, type OpenEnginesOptions } from './open-engines.ts';
import { openLiveView } from './live-view.ts';
import { startFinisher } from './recording/finisher.ts';
import { createTenantRedactions } from './tenant-redactions.ts';
import { PENDING_MAX } from './transcribe-call.ts';

/** Bodies a host, however few the calls. */
const SOCKETS_MIN = 64;

/**
 * A connection carries one statement each turn of the event loop, and with hundreds of calls a turn may take long.
 * A call that waits is late; one that gives up is read again from its checkpoint, which makes all others later still.
 */
const DATABASE_CONNECTIONS_MAX = 32;
const DATABASE_WAIT_MS_MAX = 30_000;

/** Over which the wait for texts is judged; new calls are taken again within 10 s after a load has ended. */
const PRESSURE_WINDOW_MS = 8_000;

/** What hears and cuts speech; what is left out is what the app ships. */
export interface IngestOverrides {
  readonly createEndpointer?: CreateEndpointer;
  /** Closed with the app. */
  readonly recognizer?: SpeechRecognizer;
}

/** Everything the worker stands on, and the order in which it is put away again. */
export async function createDeps(config: IngestConfig, overrides: IngestOverrides = {}) {
  const logger = createLogger({ app: 'ingest', level: config.logLevel });
  const metrics = createMetrics('ingest');
  const storage = createStorage({
    databaseUrl: config.databaseUrl,
    connectionsMax: DATABASE_CONNECTIONS_MAX,
    connectionWaitMsMax: DATABASE_WAIT_MS_MAX,
    ...config.databaseLimits,
    onBackgroundError: (error) => logger.warn('storage.background-error', { error }),
  });
  const queues = await connectQueues({
    databaseUrl: config.databaseUrl,
    onBackgroundError: (error) => logger.warn('queues.background-error', { error }),
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
  });
  const ingestMetrics = createIngestMetrics(metrics);
  const pressure = new DecodePressure({ clock: systemClock, metrics: ingestMetrics }, PRESSURE_WINDOW_MS);
  const engines = enginesOf(config, overrides.recognizer, {
    wrap: (recognizer) => pressure.watch(recognizer),
    onFallback: (engine, { reason, circuit }) => {
      ingestMetrics.fallbacks.add(1, { engine, reason });
      // Each call says by itself that it fell back; this is about all of them.
      if (circuit === 'open' && reason !== 'circuit-open') {
        logger.warn('speech.circuit-opened', { engine, reason });
      }
    },
  });
  const [endpointers, masterKey, live] = await Promise.all([
    openEndpointers(config, overrides.createEndpointer),
    readMasterKey(config.masterKey),
    openLiveView(config, { pressure, metrics: ingestMetrics, logger }),
    // What most calls need is not waited for by the first of them, and a model that is not there ends the start.
    engines.open(engines.defaultEngine),
  ]);
  const roles = createKinesisRoles(storage.kinesisSources);
  const media = createCallMediaSource({
    assumeRole: (streamArn) => roles.of(streamArn),
    region: config.region,
    logger,
    // One body a call, and some that a reconnect opens before the one before it has closed.
    socketsMax: Math.max(SOCKETS_MIN, config.callsMax + Math.ceil(config.callsMax / 4)),
    ...(config.kinesisEndpointUrl === undefined ? {} : { endpointUrl: config.kinesisEndpointUrl }),
  });
  const { calls, notifications } = storage;
  const lanes = createProducer(queues, lanesQueue);
  const sessions = createProducer(queues, callSessionsQueue);
  const objects = config.recordings && openObjectStore(config.recordings);
  const { recordings } = storage;
  const finisher =
    objects && startFinisher({ recordings, objects, clock: systemClock, metrics: ingestMetrics, logger });
  const control = await openControlRoom({ calls, notifications, clock: systemClock, logger });

  return {
    logger,
    renderMetrics: metrics,
    storage,
    queues,
    sessions,
    pressure,
    worker: {
      calls,
      roles,
      lanes,
      logger,
      media,
      control,
      live,
      ...(objects === undefined ? {} : { recording: { recordings, objects } }),
      ...(finisher === undefined ? {} : { finisher }),
      createEndpointer: endpointers.create,
      engines,
      redactions: createTenantRedactions(
        { redactionSettings: storage.redactionSettings, metrics: ingestMetrics, logger },
        { forced: config.redactionForced },
      ),
      redactionForced: config.redactionForced,
      vocabularies: storage.vocabularies,
      vault: createVault({ masterKey, dataKeys: storage.dataKeys }),
      clock: systemClock,
      metrics: ingestMetrics,
      pause: async (delayMs: number, signal: AbortSignal) => {
        await delay(delayMs, undefined, { signal });
      },
    },
    /** After the worker has closed. */
    async close(): Promise<void> {
      await Promise.all([control.close(), finisher?.close()]);
      await media.close();
      await Promise.all([engines.close(), endpointers.close(), lanes.close(), sessions.close()]);
      await Promise.all([queues.close(), live.close()]);
      await storage.close();
    },
  };
}

export type IngestDeps = Awaited<ReturnType<typeof createDeps>>;

function enginesOf(
  config: IngestConfig,
  given: SpeechRecognizer | undefined,
  { wrap, onFallback }: Required<Pick<OpenEnginesOptions, 'wrap' | 'onFallback'>>,
): Engines {
  if (given !== undefined) return onlyEngine(wrap(given));
  const local = {
    engine: 'moonshine',
    cacheDirectory: config.cacheDirectory,
    decodesInFlightMax: config.decodesInFlightMax,
    // All that the calls may have pending, and as much again: what is bounded there is not refused here.
    queuedDecodesMax: 2 * config.callsMax * PENDING_MAX,
    rewrite: config.modelRewrite,
    smallModel: config.smallModel,
  } as const;
  return openEngines({ variables: config.engines, local, wrap, onFallback });
}

/** Hears every call, whatever engine that names. */
function onlyEngine(recognizer: SpeechRecognizer): Engines {
  return {
    defaultEngine: 'moonshine',
    offered: ['moonshine'],
    open: async () => recognizer,
    openLocal: async () => recognizer,
    close: () => recognizer.close(),
  };
}

async function openEndpointers(config: IngestConfig, create: CreateEndpointer | undefined) {
  if (create !== undefined) return { create, close: async () => undefined };
  const detector = await createSileroDetector();
  const cutBySilence: CreateEndpointer = (_role, restored) =>
    Endpointer.create(detector, { hangoverMs: config.hangoverMs }, restored);
  return { create: cutBySilence, close: () => detector.close() };
}
