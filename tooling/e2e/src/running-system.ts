import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createShutdown, startSystem, type System } from '@earshot/launcher';

export const checkout = fileURLToPath(new URL('../../..', import.meta.url));

/** The whole built system with a state directory of its own, as `npm start` runs it. */
export interface RunningSystem extends System {
  /** The directory that holds its `.earshot`: commands find the system from there. */
  readonly directory: string;
  /** Everything its apps and services have logged so far. */
  readLogs(): Promise<readonly { name: string; text: string }[]>;
  stop(): Promise<void>;
}

export async function runSystem(env: Readonly<Record<string, string>> = {}): Promise<RunningSystem> {
  const directory = await mkdtemp(join(tmpdir(), 'earshot-e2e-'));
  await chmod(directory, 0o711);
  const notes: string[] = [];
  const shutdown = createShutdown((line) => notes.push(line));
  const stop = async (): Promise<void> => {
    const failed = await shutdown.run();
    await rm(directory, { recursive: true, force: true });
    if (failed.length > 0) throw new Error(`Cannot stop ${failed.join(', ')}: ${notes.join('; ')}`);
  };
  try {
    const system = await startSystem({
      checkout,
      stateParent: directory,
      port: 0,
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'debug', ...env },
      shutdown,
      report: (line) => notes.push(line),
    });
    return { ...system, directory, stop, readLogs: () => readDirectory(system.state.logs) };
  } catch (error) {
    await stop();
    throw new Error(`Cannot start the system: ${notes.join('; ')}`, { cause: error });
  }
}

async function readDirectory(directory: string): Promise<{ name: string; text: string }[]> {
  const names = await readdir(directory);
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(directory, name), 'utf8') })),
  );
}
