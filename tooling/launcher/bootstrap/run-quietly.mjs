import { spawn } from 'node:child_process';
import { LauncherFailure } from './launcher-failure.mjs';

const KEPT_LINES_MAX = 25;
/** The npm user setting that some machines carry and npm 11 warns about at every call. */
const NOISE = /^npm warn Unknown (user|env|project) config/;

const KILL_AFTER_MS = 2_000;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program to its end without showing its output; when it fails, the last lines are part of the failure. A
 * signal is handed on and ends this process when the program has ended: what goes on writing behind our back would be
 * in the way of the next try. The second signal kills it, and so does time: npm goes on until all is unpacked.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, what: string, remedy: string, timeoutMs: number }} options
 * @returns {Promise<void>}
 */
export function runQuietly(command, args, { cwd, env, what, remedy, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    const signals = handOnSignals(child);
    /** @type {string[]} */
    let lines = [];
    /** @param {string} text */
    const keep = (text) => {
      const fresh = text.split('\n').filter((line) => line.trim() !== '' && !NOISE.test(line));
      lines = [...lines, ...fresh].slice(-KEPT_LINES_MAX);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (cause) => {
      signals.end();
      reject(new LauncherFailure(`${what} failed: ${cause.message}`, { remedy, cause }));
    });
    child.once('close', (code, signal) => {
      signals.end();
      if (signals.first !== undefined) return process.kill(process.pid, signals.first);
      if (code === 0) return resolve();
      const how = signal === null ? `exit code ${code}` : `ended by ${signal}`;
      reject(new LauncherFailure(`${what} failed: ${how}`, { remedy, output: lines }));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function handOnSignals(child) {
  const handed = { first: /** @type {NodeJS.Signals | undefined} */ (undefined), end };
  /** @type {NodeJS.Timeout | undefined} */
  let killer;
  /** @param {NodeJS.Signals} signal */
  function handOn(signal) {
    child.kill(handed.first === undefined ? signal : 'SIGKILL');
    handed.first ??= signal;
    killer ??= setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  }
  function end() {
    clearTimeout(killer);
    for (const signal of SIGNALS) process.off(signal, handOn);
  }
  for (const signal of SIGNALS) process.on(signal, handOn);
  return handed;
}
