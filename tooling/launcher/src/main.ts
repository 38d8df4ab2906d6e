import { fileURLToPath } from 'node:url';
import type { CommandContext } from './lib/command-context.ts';
import { LauncherError } from './lib/launcher-error.ts';
import { ServiceError } from '@earshot/services';

/**
 * The second stage: everything that needs the newer Node and the installed packages. Each command is loaded when it
 * is asked for, so that the checks run in a tree whose system does not start.
 */
const COMMANDS: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  start: async (context) => (await import('./commands/start.ts')).start(context),
  test: async (context) => (await import('./commands/test.ts')).test(context),
  dev: async (context) => (await import('./commands/dev.ts')).dev(context),
  bench: async (context) => (await import('./commands/bench.ts')).bench(context),
  generate: async (context) => (await import('./commands/generate.ts')).generate(context),
  verify: async (context) => (await import('./commands/verify.ts')).verify(context),
  'verify:all': async (context) => (await import('./commands/verify.ts')).verifyAll(context),
};

// A terminal that is gone takes no more lines; that must not keep the system from stopping in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) throw new Error(`Cannot run ${name}: there is no such command`);

try {
  const exitCode = await command({
    checkout: fileURLToPath(new URL('../../../', import.meta.url)),
    callerDirectory: process.env['INIT_CWD'] ?? process.cwd(),
    args,
    env: process.env,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
  process.exit(exitCode);
} catch (error) {
  if (error instanceof LauncherError) process.stderr.write(`\n✗ ${error.message}\n  ${error.remedy}\n`);
  else if (error instanceof ServiceError) process.stderr.write(`\n✗ ${error.message}\n`);
  else throw error;
  process.exit(1);
}
