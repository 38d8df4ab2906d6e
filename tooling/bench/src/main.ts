import { fileURLToPath } from 'node:url';
import { BenchError, BenchUsageError } from './bench.ts';
import { CATALOGUE, overview } from './catalogue.ts';
import { describeMachine, formatMeasurement } from './harness.ts';

const USAGE_EXIT_CODE = 2;
const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => controller.abort(new BenchError('Interrupted')));
}

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || args.includes('--help')) {
    process.stdout.write(overview());
    return 0;
  }
  const entry = name === undefined ? undefined : CATALOGUE.get(name);
  if (entry === undefined) {
    say(name === undefined ? 'Which benchmark?' : `There is no benchmark ${name}`);
    say(`\n${overview()}`);
    return USAGE_EXIT_CODE;
  }
  say(`${name} on ${describeMachine()}`);
  try {
    const run = await entry.load();
    await run({
      checkout: fileURLToPath(new URL('../../../', import.meta.url)),
      args,
      env: process.env,
      signal: controller.signal,
      print: (measurement) => process.stdout.write(`${formatMeasurement(measurement)}\n`),
      say,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof BenchError || error instanceof BenchUsageError)) throw error;
    say(error.message);
    return error instanceof BenchUsageError ? USAGE_EXIT_CODE : 1;
  }
}

/** Standard output belongs to the measurements. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
