import { readFile } from 'node:fs/promises';
import type { ProcessUser } from './run-process.ts';

/** Debian's and most others' number for nobody. */
const NOBODY_DEFAULT = 65534;

/** The user that a program must run as that refuses to run as root: `nobody`, or `undefined` when we are not root. */
export async function unprivilegedUser(): Promise<ProcessUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return nobodyIn(passwd);
}

/** Reads nobody's numbers out of the text of /etc/passwd. */
export function nobodyIn(passwd: string): ProcessUser {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':');
  return { uid: unsigned(fields?.[2]), gid: unsigned(fields?.[3]) };
}

/** macOS writes -2, which the kernel takes as an unsigned 32-bit number. */
function unsigned(text: string | undefined): number {
  const value = Number(text);
  return text === undefined || !Number.isInteger(value) ? NOBODY_DEFAULT : value >>> 0;
}
