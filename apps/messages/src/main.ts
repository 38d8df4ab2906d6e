import { runApp, serve } from '@earshot/http';
import { createLogger } from '@earshot/telemetry';
import { createMessagesApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';

await runApp('messages', async () => {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'messages', level: config.logLevel });
  const opened = await openDeps(config, logger);
  const server = await serve(createMessagesApp(opened.deps), { host: config.host, port: config.port });
  return {
    port: server.port,
    logger,
    async close() {
      opened.deps.connections.close();
      await server.close();
      await opened.close();
    },
  };
});
