import { createApp, serve, type RunningApp } from '@earshot/http';
import { callSessionsQueue, runWorker } from '@earshot/queues';
import { Admission, startAdmission } from './admission.ts';
import type { IngestConfig } from './config.ts';
import { createDeps, type IngestOverrides } from './deps.ts';
import { startSweeper } from './sweeper.ts';
import { handleCallSession } from './worker.ts';

/** Texts that may wait before new calls do, however few the calls. */
const FINALS_WAITING_MIN = 64;

/** Calls under way are handed over, not ended: another worker goes on from the checkpoint. */
const WORKER_DRAIN_MS = 8000;

/**
 * Takes calls from now on, until `close`; everything the app does but being a process.
 *
 * @param overrides what hears and cuts speech, instead of the models this app ships
 */
export async function startIngest(
  config: IngestConfig,
  overrides: IngestOverrides = {},
): Promise<RunningApp> {
  const deps = await createDeps(config, overrides);
  const { logger, storage, queues, sessions } = deps;
  const admission = new Admission(
    { pressure: deps.pressure, metrics: deps.worker.metrics, logger },
    {
      waitMsMax: config.textWaitMsMax,
      waitingMax: Math.max(FINALS_WAITING_MIN, config.callsMax),
    },
  );
  const onWorkerError = (error: unknown): void => logger.warn('sessions.worker-error', { error });
  const worker = await runWorker(
    queues,
    callSessionsQueue,
    (job, context) => handleCallSession(deps.worker, job, context),
    {
      concurrency: config.callsMax,
      drainMs: WORKER_DRAIN_MS,
      onError: onWorkerError,
    },
  );
  const stopAdmission = startAdmission(admission, worker, onWorkerError);
  const stopSweeper = startSweeper({ calls: storage.calls, sessions, clock: deps.worker.clock, logger });
  // Only /livez, /readyz and /metrics: nothing here is for the outside, so no key opens anything.
  const app = createApp({
    logger,
    keys: { findKey: async () => undefined, hashSecret: () => new Uint8Array(32) },
    metrics: deps.renderMetrics,
    checkReady: async () => {
      await Promise.all([storage.ping(), queues.ping()]);
    },
  });
  const server = await serve(app, { host: config.host, port: config.port });
  logger.info('ingest.ready', { port: server.port, queues: queues.backend, callsMax: config.callsMax });
  return {
    port: server.port,
    logger,
    async close() {
      await stopAdmission();
      await Promise.all([stopSweeper(), worker.close(), server.close()]);
      await deps.close();
    },
  };
}
