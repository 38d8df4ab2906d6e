import { runApp, serve } from '@earshot/http';
import { createLogger } from '@earshot/telemetry';
import { createGatewayApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';

/** Beyond the longest wait of a stop: its answer is written before the connection is cut. */
const ANSWER_MARGIN_MS = 2000;
/** What closing the connections may take after that. */
const CLOSE_MS_MAX = 5000;

await runApp('gateway', async () => {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'gateway', level: config.logLevel });
  const opened = await openDeps(config, logger);
  const drainMs = config.stopTimeoutMs + ANSWER_MARGIN_MS;
  const { host, port } = config;
  const server = await serve(createGatewayApp(opened.deps), { host, port, drainMs });
  return {
    port: server.port,
    logger,
    drainMsMax: drainMs + CLOSE_MS_MAX,
    async close() {
      await server.close();
      await opened.close();
    },
  };
});
