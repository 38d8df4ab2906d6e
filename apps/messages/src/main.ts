import { runApp, serve } from '@earshot/http';
import { createLogger } from '@earshot/telemetry';
import { createMessagesApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';
import { addRecordingRoutes } from './recording-routes.ts';
import { startRetention } from './retention/retention-loop.ts';
import { addRetentionRoutes } from './retention-routes.ts';

await runApp('messages', async () => {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'messages', level: config.logLevel });
  const opened = await openDeps(config, logger);
  const app = createMessagesApp(opened.deps);
  addRecordingRoutes(app, opened.recordings);
  addRetentionRoutes(app, opened.retention);
  const stopRetention = startRetention(opened.retention, config.retentionEveryMs);
  const server = await serve(app, { host: config.host, port: config.port });
  return {
    port: server.port,
    logger,
    async close() {
      opened.deps.connections.close();
      await Promise.all([stopRetention(), server.close()]);
      await opened.close();
    },
  };
});
