import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';
import type { StopStep } from './run-process.ts';
import { ServiceError } from './service-error.ts';

/** Kept beside the data: who started the service, and which process it is. */
const RECORD_FILE = 'process.json';
const LOOK_INTERVAL_MS = 50;

interface ServiceRecord {
  ownerPid: number;
  ownerIdentity: string;
  pid: number;
  identity: string;
}

/** Notes which process serves `directory`, so that a later start can tell it from an innocent one. */
export async function recordService(directory: string, pid: number): Promise<void> {
  const [ownerIdentity, identity] = await Promise.all([processIdentity(process.pid), processIdentity(pid)]);
  const record: ServiceRecord = {
    ownerPid: process.pid,
    ownerIdentity: ownerIdentity ?? '',
    pid,
    identity: identity ?? '',
  };
  const file = join(directory, RECORD_FILE);
  await writeFile(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/**
 * Ends what an earlier start left behind on this data when its launcher is gone.
 * Throws `services.directory-in-use` when that launcher still runs.
 */
export async function stopLeftover(
  directory: string,
  steps: readonly StopStep[],
  log: (line: string) => void,
): Promise<void> {
  const record = await readRecord(directory);
  if (!record || record.identity === '' || (await processIdentity(record.pid)) !== record.identity) return;
  if (record.ownerIdentity !== '' && (await processIdentity(record.ownerPid)) === record.ownerIdentity) {
    throw new ServiceError(
      'services.directory-in-use',
      `Cannot use ${directory}: process ${record.ownerPid} runs its service already; stop that one first`,
    );
  }
  log(`stopping process ${record.pid}, left behind by an earlier start`);
  for (const step of [...steps, { signal: 'SIGKILL', waitMs: 5_000 } as const]) {
    process.kill(record.pid, step.signal);
    if (await isGoneWithin(record, step.waitMs)) return;
  }
  throw new ServiceError(
    'services.directory-in-use',
    `Cannot use ${directory}: process ${record.pid}, left behind by an earlier start, does not end`,
  );
}

/** A process that is not our child sends no event when it ends, so it is looked at until the deadline. */
async function isGoneWithin(record: ServiceRecord, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while ((await processIdentity(record.pid)) === record.identity) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  }
  return true;
}

async function readRecord(directory: string): Promise<ServiceRecord | undefined> {
  const text = await readFile(join(directory, RECORD_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isServiceRecord(parsed) ? parsed : undefined;
  } catch {
    // A file cut short by a crash tells nothing; the service's own lock still guards the data.
    return undefined;
  }
}

function isServiceRecord(value: unknown): value is ServiceRecord {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'ownerPid' in value &&
    typeof value.ownerPid === 'number' &&
    'ownerIdentity' in value &&
    typeof value.ownerIdentity === 'string' &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'identity' in value &&
    typeof value.identity === 'string'
  );
}
