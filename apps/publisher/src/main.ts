import { runApp, serve } from '@earshot/http';
import { lanesQueue, runWorker } from '@earshot/queues';
import { createLogger } from '@earshot/telemetry';
import { createPublisherApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';
import { startSweeper } from './sweeper.ts';

const WORKER_DRAIN_MS = 8000;

await runApp('publisher', async () => {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'publisher', level: config.logLevel });
  const deps = await openDeps(config, logger);
  const worker = await runWorker(deps.queues, lanesQueue, deps.delivery.handler, {
    concurrency: config.lanesMax,
    drainMs: WORKER_DRAIN_MS,
    onError: (error) => logger.warn('lanes.worker-error', { error }),
  });
  await deps.partials.refresh();
  const stopSweeper = startSweeper(deps.sweeper);
  const stopEvents = deps.events.start();
  const server = await serve(createPublisherApp(deps.app), { host: config.host, port: config.port });
  return {
    port: server.port,
    logger,
    async close() {
      await Promise.all([stopSweeper(), stopEvents(), worker.close(), server.close()]);
      await deps.close();
    },
  };
});
