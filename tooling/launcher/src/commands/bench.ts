import { join } from 'node:path';
import type { CommandContext } from '../lib/command-context.ts';
import { runInForeground } from '../lib/run-in-foreground.ts';

/** `npm run bench -- NAME`: standard output belongs to the benchmark alone. */
export function bench({ checkout, args, env }: CommandContext): Promise<number> {
  const main = join(checkout, 'tooling', 'bench', 'src', 'main.ts');
  return runInForeground(process.execPath, [...process.execArgv, main, ...args], { cwd: checkout, env });
}
