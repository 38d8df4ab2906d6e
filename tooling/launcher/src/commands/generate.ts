import { join } from 'node:path';
import type { CommandContext } from '../lib/command-context.ts';
import { runInForeground } from '../lib/run-in-foreground.ts';

/** `npm run generate`: types and validators from the OpenAPI source. */
export function generate({ checkout, args, env }: CommandContext): Promise<number> {
  const main = join(checkout, 'tooling', 'generate-api', 'src', 'main.ts');
  return runInForeground(process.execPath, [...process.execArgv, main, ...args], { cwd: checkout, env });
}
