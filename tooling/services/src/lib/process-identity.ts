import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/**
 * A text that tells this run of `pid` from any other process that had or will have the same number:
 * boot and start time. `undefined` when no such process is alive.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  const identity = (await identityFromProc(pid)) ?? (await identityFromPs(pid));
  return identity === ENDED ? undefined : identity;
}

/** A process that has ended but was not yet reaped by its parent still has a number. */
const ENDED = 'ended';

/** True when a process with that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function identityFromProc(pid: number): Promise<string | undefined> {
  try {
    const [stat, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The command name in field 2 may hold spaces and brackets, so fields are counted from its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    const startTicks = fields[19];
    if (state === 'Z' || state === 'X') return ENDED;
    return `${bootId.trim()}:${startTicks ?? ''}`;
  } catch {
    // Not Linux, or the process ended between the two looks: `ps` decides.
    return undefined;
  }
}

function identityFromPs(pid: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'lstart=', '-p', String(pid)], { timeout: 5_000 }, (error, stdout) => {
      const text = stdout.trim();
      resolve(error || text === '' ? undefined : text);
    });
  });
}
