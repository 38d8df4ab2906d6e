import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, workspacePackages } from './fingerprint.mjs';
import { runQuietly } from './run-quietly.mjs';

const INSTALL_TIMEOUT_MS = 20 * 60_000;

/**
 * Installs what the lockfile names, unless nothing that matters has changed since the last time.
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress }} deps
 * @returns {Promise<void>}
 */
export async function ensureDependencies({ root, env, progress }) {
  // Inside node_modules, so that it goes when node_modules goes.
  const stampFile = join(root, 'node_modules', '.earshot-install');
  const packages = workspacePackages(root);
  const wanted = fingerprint(root, [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    ...packages.map((folder) => join(folder, 'package.json')),
  ]);
  await progress.step('Dependencies', async () => {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return 'unchanged';
    rmSync(stampFile, { force: true });
    await runQuietly('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], {
      cwd: root,
      env: { ...env, CI: 'true' },
      what: 'Installing the dependencies',
      remedy:
        'Check that this machine reaches the npm registry; when a package.json was changed, run pnpm install to bring pnpm-lock.yaml up to date.',
      timeoutMs: INSTALL_TIMEOUT_MS,
    });
    writeFileSync(stampFile, wanted);
    return 'done';
  });
  linkCommand(root);
}

/**
 * Makes `npx earshot` work in the checkout. A dependency of the root package would do that too, but then every
 * package depended on every other one in turbo's eyes, and its boundaries would mean nothing.
 * @param {string} root
 */
function linkCommand(root) {
  const link = join(root, 'node_modules', '.bin', 'earshot');
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'packages', 'cli', 'bin', 'earshot.mjs'), link);
}
