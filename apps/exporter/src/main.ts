import { runApp, serve } from '@earshot/http';
import { createLogger } from '@earshot/telemetry';
import { createExporterApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openDeps } from './deps.ts';

await runApp('exporter', async () => {
  const config = parseConfig(process.env);
  const logger = createLogger({ app: 'exporter', level: config.logLevel });
  const opened = await openDeps(config, logger);
  const server = await serve(createExporterApp(opened.deps), { host: config.host, port: config.port });
  for (const schedule of opened.schedules) schedule.start();
  return {
    port: server.port,
    logger,
    async close() {
      await Promise.all([server.close(), ...opened.schedules.map((schedule) => schedule.close())]);
      await opened.close();
    },
  };
});
