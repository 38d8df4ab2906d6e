import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { LauncherError } from './launcher-error.ts';
import type { Shutdown } from './shutdown.ts';
import type { CallFiles } from './start-options.ts';

const STOP_TIMEOUT_MS = 10_000;

/** The call that comes with the repository. */
export function sampleCall(checkout: string): CallFiles {
  const directory = join(checkout, 'tooling', 'sample-call');
  return { customer: join(directory, 'customer.wav'), agent: join(directory, 'agent.wav') };
}

/** File names as the user meant them: seen from where npm was called. Throws `LauncherError` for a missing one. */
export function resolveCallFiles(files: CallFiles, directory: string): CallFiles {
  const found = { customer: locate(files.customer, directory), agent: locate(files.agent, directory) };
  for (const file of [found.customer, found.agent]) {
    if (existsSync(file)) continue;
    throw new LauncherError(`Cannot find ${file}`, 'Give the path of an 8 kHz 16-bit mono WAV file.');
  }
  return found;
}

function locate(file: string, directory: string): string {
  return isAbsolute(file) ? file : resolve(directory, file);
}

/** Plays a call into the running system with `earshot simulate`; resolves with its exit code. */
export async function playCall(options: {
  checkout: string;
  call: CallFiles;
  env: NodeJS.ProcessEnv;
  shutdown: Shutdown;
}): Promise<number> {
  const { checkout, call, env, shutdown } = options;
  const cli = join(checkout, 'packages', 'cli', 'bin', 'earshot.mjs');
  const child = spawn(
    process.execPath,
    [cli, 'simulate', '--customer', call.customer, '--agent', call.agent],
    { cwd: checkout, env, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const ended = new Promise<number>((resolveExit, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolveExit(code ?? 1));
  });
  shutdown.add({
    name: 'the call',
    timeoutMs: STOP_TIMEOUT_MS,
    kill: () => child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  });
  return ended;
}
