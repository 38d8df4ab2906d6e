import { join } from 'node:path';
import type { AppsContext } from '../lib/built-apps.ts';
import type { CommandContext } from '../lib/command-context.ts';
import { startWatchedApps } from '../lib/watched-apps.ts';
import { runSystem } from './start.ts';

/** `npm run dev`: services, emulator and door as in `start`; `turbo run dev` runs each app in watch mode. */
export async function dev(context: CommandContext): Promise<number> {
  const startApps = (apps: AppsContext) =>
    startWatchedApps(apps, {
      turbo: join(context.checkout, 'node_modules', '.bin', 'turbo'),
      out: context.out,
    });
  const exitCode = await runSystem(context, { startApps }, async () => {
    context.out('\nThe apps restart when their source changes. Ctrl-C stops everything.\n\n');
    return 'stay';
  });
  return exitCode === 'interrupted' ? 0 : exitCode;
}
