import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConnectQueuesOptions } from '../lib/connect-queues.ts';

/** Runs a worker in a process of its own and kills that once it is inside a job. */
export async function killWorkerInJob(connect: ConnectQueuesOptions, queueName: string): Promise<void> {
  const script = fileURLToPath(new URL('./doomed-worker.ts', import.meta.url));
  const args = ['--conditions=earshot-source', script, JSON.stringify({ connect, queueName })];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('Cannot kill worker: its process ended before it ran a job');
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  child.kill('SIGKILL');
  await once(child, 'exit');
}
