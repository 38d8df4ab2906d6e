import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint, sourceFiles, workspacePackages } from './fingerprint.mjs';
import { runQuietly } from './run-quietly.mjs';

const BUILD_TIMEOUT_MS = 15 * 60_000;

/**
 * Builds every package that has a build step, unless no source has changed since the last build. turbo would find
 * that out too, but takes a second to.
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress }} deps
 * @returns {Promise<void>}
 */
export async function ensureBuild({ root, env, progress }) {
  const stampFile = join(root, '.cache', 'build-stamp');
  await progress.step('Build', async () => {
    const built = builtPackages(root);
    const wanted = fingerprint(root, [
      'tsconfig.base.json',
      'turbo.json',
      'pnpm-lock.yaml',
      ...built.flatMap((folder) => sourceFiles(root, folder)),
    ]);
    const complete = built.every((folder) => existsSync(join(root, folder, 'dist')));
    if (complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return 'unchanged';
    rmSync(stampFile, { force: true });
    await runQuietly(
      join(root, 'node_modules', '.bin', 'turbo'),
      ['run', 'build', '--output-logs=errors-only'],
      {
        cwd: root,
        env,
        what: 'Building',
        remedy: 'The lines above name the fault; pnpm turbo run build shows all of them.',
        timeoutMs: BUILD_TIMEOUT_MS,
      },
    );
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, wanted);
    return 'done';
  });
}

/** @param {string} root */
function builtPackages(root) {
  return workspacePackages(root).filter((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return typeof manifest.scripts?.build === 'string';
  });
}
