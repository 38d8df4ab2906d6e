import { parseConfig } from './config.ts';
import { startKvsEmulator } from './lib/kvs-emulator.ts';

const emulator = await startKvsEmulator(parseConfig(process.env));
process.stdout.write(`${JSON.stringify({ ready: true, port: emulator.port })}\n`);

const stop = (): void => {
  void emulator.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
