import { isCodedError } from '@earshot/domain';
import { serve } from '@earshot/http';
import { createLogger } from '@earshot/telemetry';
import { createMessagesApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';

/** A drain that takes longer than this is cut: whoever stopped us would kill us next. */
const DRAIN_MS_MAX = 15_000;

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'messages', level: config.logLevel });
  const opened = await openDeps(config, logger);
  const server = await serve(createMessagesApp(opened.deps), { host: config.host, port: config.port });

  const drain = async (signal: string): Promise<void> => {
    logger.info('app.draining', { signal });
    setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
    await server.close();
    await opened.close();
    logger.info('app.stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void drain(signal).catch(fail));
  process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`);
}

/** Text of foreign errors may hold connection strings, so only their code is shown. */
function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  process.stderr.write(`${isCodedError(error) ? error.message : `Cannot run messages: ${code}`}\n`);
  process.exit(1);
}

await main().catch(fail);
