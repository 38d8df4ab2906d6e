import { isCodedError } from '@earshot/domain';
import { serve } from '@earshot/http';
import { lanesQueue, runWorker } from '@earshot/queues';
import { createLogger } from '@earshot/telemetry';
import { createPublisherApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';
import { startSweeper } from './sweeper.ts';

const WORKER_DRAIN_MS = 8000;
/** A drain that takes longer than this is cut: whoever stopped us would kill us next. */
const DRAIN_MS_MAX = 15_000;

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'publisher', level: config.logLevel });
  const deps = await openDeps(config, logger);
  const worker = await runWorker(deps.queues, lanesQueue, deps.delivery.handler, {
    concurrency: config.lanesMax,
    drainMs: WORKER_DRAIN_MS,
    onError: (error) => logger.warn('lanes.worker-error', { error }),
  });
  const stopSweeper = startSweeper(deps.sweeper);
  const server = await serve(createPublisherApp(deps.app), { host: config.host, port: config.port });

  const drain = async (signal: string): Promise<void> => {
    logger.info('app.draining', { signal });
    setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
    await Promise.all([stopSweeper(), worker.close(), server.close()]);
    await deps.close();
    logger.info('app.stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void drain(signal).catch(fail));
  }
  process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`);
}

/** Text of foreign errors may hold connection strings, so only their code is shown. */
function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  process.stderr.write(`${isCodedError(error) ? error.message : `Cannot run publisher: ${code}`}\n`);
  process.exit(1);
}

await main().catch(fail);
