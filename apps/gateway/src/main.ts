import { isCodedError } from '@earshot/domain';
import { serve } from '@earshot/http';
import { createLogger } from '@earshot/telemetry';
import { createGatewayApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';

/** Beyond the longest wait of a stop: its answer is written before the connection is cut. */
const ANSWER_MARGIN_MS = 2000;
/** What closing the connections may take after that; whoever stopped us would kill us next. */
const CLOSE_MS_MAX = 5000;

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'gateway', level: config.logLevel });
  const opened = await openDeps(config, logger);
  const drainMs = config.stopTimeoutMs + ANSWER_MARGIN_MS;
  const { host, port } = config;
  const server = await serve(createGatewayApp(opened.deps), { host, port, drainMs });

  const drain = async (signal: string): Promise<void> => {
    logger.info('app.draining', { signal });
    setTimeout(() => process.exit(1), drainMs + CLOSE_MS_MAX).unref();
    await server.close();
    await opened.close();
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
  process.stderr.write(`${isCodedError(error) ? error.message : `Cannot run gateway: ${code}`}\n`);
  process.exit(1);
}

await main().catch(fail);
