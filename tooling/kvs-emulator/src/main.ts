import { readFileSync } from 'node:fs';
import { parseConfig } from './config.ts';
import { startKvsEmulator } from './lib/kvs-emulator.ts';

const config = parseConfig(process.env, (path) => readFileSync(path, 'utf8'));
const emulator = await startKvsEmulator(config);
process.stdout.write(`${JSON.stringify({ ready: true, port: emulator.port })}\n`);

const stop = (): void => {
  void emulator.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
