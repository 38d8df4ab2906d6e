import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPinned } from './install-pinned.mjs';
import { LauncherFailure } from './launcher-failure.mjs';
import { isNewEnough, nodePackageFor } from './toolchain.mjs';

/**
 * The Node to run everything with: this one when it is new enough, else the pinned one out of npm.
 * @param {{
 *   root: string, env: NodeJS.ProcessEnv, lock: import('./toolchain.mjs').ToolchainLock,
 *   progress: import('./progress.mjs').Progress,
 * }} deps
 * @returns {Promise<string>} path of the program
 */
export async function ensureNode({ root, env, lock, progress }) {
  if (isNewEnough(process.versions.node, lock.node.oldestAccepted)) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const pinned = nodePackageFor(lock, platform);
  if (!pinned) {
    throw new LauncherFailure(
      `Node ${process.versions.node} is too old, and npm has no newer one for ${platform}`,
      { remedy: `Install Node ${lock.node.oldestAccepted} or newer, then run the same command again.` },
    );
  }
  const directory = join(root, '.cache', 'node');
  await progress.step(`Node ${pinned.version}`, () => installPinned(pinned, { directory, env }));
  const node = join(directory, 'node_modules', pinned.name, 'bin', 'node');
  if (!existsSync(node)) {
    throw new LauncherFailure(`Cannot find ${node} after its installation`, {
      remedy: `Remove ${directory}, then run the same command again.`,
    });
  }
  return node;
}

/**
 * Runs a program in the foreground and hands signals on to it; resolves with its exit code.
 * The channel between the two ends the second one when this process is killed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
