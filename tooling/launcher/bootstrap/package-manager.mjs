import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { installPinned } from './install-pinned.mjs';
import { pnpmPackageFor } from './toolchain.mjs';

/**
 * Makes the pinned pnpm available.
 * @param {{
 *   root: string, env: NodeJS.ProcessEnv, lock: import('./toolchain.mjs').ToolchainLock,
 *   progress: import('./progress.mjs').Progress,
 * }} deps
 * @returns {Promise<string>} folder that holds the `pnpm` program
 */
export async function ensurePnpm({ root, env, lock, progress }) {
  const pinned = pnpmPackageFor(lock, `${process.platform}-${process.arch}`);
  const isWrapper = pinned === lock.pnpm.otherwise;
  const directory = join(root, '.cache', 'pnpm');
  const bin = join(directory, 'node_modules', '.bin');
  await progress.step(`pnpm ${pinned.version}`, async () => {
    const outcome = await installPinned(pinned, { directory, env, scripts: isWrapper });
    if (!isWrapper && !existsSync(join(bin, 'pnpm'))) {
      // The bare program comes without a `bin` entry.
      mkdirSync(bin, { recursive: true });
      rmSync(join(bin, 'pnpm'), { force: true });
      symlinkSync(join('..', pinned.name, 'pnpm'), join(bin, 'pnpm'));
    }
    return outcome;
  });
  return bin;
}
