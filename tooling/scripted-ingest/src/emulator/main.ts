import { startKvsEmulator } from '@earshot/kvs-emulator';

const retentionBytesMax = Number(process.env['EMULATOR_RETENTION_BYTES_MAX'] ?? Number.NaN);

// Hundreds of streams for minutes would fill the memory with media that nobody reads again.
const emulator = await startKvsEmulator(Number.isFinite(retentionBytesMax) ? { retentionBytesMax } : {});
process.stdout.write(`${JSON.stringify({ ready: true, port: emulator.port })}\n`);
process.once('SIGTERM', () => void emulator.close());
