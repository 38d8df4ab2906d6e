import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutNpmSettings } from './npm-environment.mjs';
import { runQuietly } from './run-quietly.mjs';

const INSTALL_TIMEOUT_MS = 10 * 60_000;
/** Written last, so that an install cut short is repeated. */
const STAMP_FILE = 'installed.json';

/**
 * Puts one pinned package into `directory/node_modules`; npm checks the bytes against the recorded integrity.
 * @param {import('./toolchain.mjs').PinnedPackage} pinned
 * @param {{ directory: string, env: NodeJS.ProcessEnv, scripts?: boolean }} options
 * @returns {Promise<'done' | 'unchanged'>}
 */
export async function installPinned(pinned, { directory, env, scripts = false }) {
  const stamp = JSON.stringify(pinned);
  if (readIfThere(join(directory, STAMP_FILE)) === stamp) return 'unchanged';
  mkdirSync(directory, { recursive: true });
  rmSync(join(directory, STAMP_FILE), { force: true });
  // npm ci would remove it too, but fails where one that was killed has not quite ended.
  rmSync(join(directory, 'node_modules'), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const { manifest, lock } = npmFilesFor(pinned);
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(lock));
  const [command, npmArgs] = npmCommand(env);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', ...(scripts ? [] : ['--ignore-scripts'])];
  await runQuietly(command, [...npmArgs, 'ci', ...flags], {
    cwd: directory,
    env: withoutNpmSettings(env),
    what: `Installing ${pinned.name} ${pinned.version}`,
    remedy:
      'Check that this machine reaches the npm registry (npm ping) and that npm may write to its cache (npm config get cache), then run the same command again.',
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
  writeFileSync(join(directory, STAMP_FILE), stamp);
  return 'done';
}

/**
 * The two files that make `npm ci` fetch exactly this package and refuse other bytes.
 * @param {import('./toolchain.mjs').PinnedPackage} pinned
 */
export function npmFilesFor({ name, version, integrity }) {
  const root = { name: 'earshot-toolchain', version: '0.0.0', dependencies: { [name]: version } };
  return {
    manifest: { ...root, private: true },
    lock: {
      name: root.name,
      version: root.version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, [`node_modules/${name}`]: { version, integrity } },
    },
  };
}

/**
 * The npm that started us, else the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, string[]]}
 */
function npmCommand(env) {
  const started = env['npm_execpath'];
  return started?.endsWith('npm-cli.js') ? [process.execPath, [started]] : ['npm', []];
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
