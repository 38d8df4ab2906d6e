import { createApp, serve } from '@earshot/http';
import { callSessionsQueue, runWorker } from '@earshot/queues';
import { parseConfig } from './config.ts';
import { createDeps } from './deps.ts';
import { startSweeper } from './sweeper.ts';
import { handleCallSession } from './worker.ts';

const config = parseConfig(process.env);
const deps = await createDeps(config);
const { logger, storage, queues, sessions } = deps;

const worker = await runWorker(
  queues,
  callSessionsQueue,
  (job, context) => handleCallSession(deps.worker, job, context),
  {
    concurrency: config.callsMax,
    onError: (error: unknown) => logger.error('worker.error', { error }),
  },
);
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
process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`);
logger.info('ingest.ready', { port: server.port, queues: queues.backend, callsMax: config.callsMax });

let closing: Promise<void> | undefined;

/** Calls under way are handed over, not ended: another worker goes on from the checkpoint. */
async function drain(): Promise<void> {
  await stopSweeper();
  await worker.close();
  await server.close();
  await deps.close();
  logger.info('ingest.closed');
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    closing ??= drain().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('ingest.drain-failed', { error });
        process.exit(1);
      },
    );
  });
}
