import { fileURLToPath } from 'node:url';
import { bench } from './commands/bench.ts';
import { dev } from './commands/dev.ts';
import { generate } from './commands/generate.ts';
import { start } from './commands/start.ts';
import { test } from './commands/test.ts';
import { verify, verifyAll } from './commands/verify.ts';
import type { CommandContext } from './lib/command-context.ts';
import { LauncherError } from './lib/launcher-error.ts';
import { ServiceError } from '@earshot/services';

/** The second stage: everything that needs the newer Node and the installed packages. */
const COMMANDS: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  start,
  test,
  dev,
  bench,
  generate,
  verify,
  'verify:all': verifyAll,
};

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
