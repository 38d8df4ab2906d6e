import { processIdentity } from '@earshot/services';
import { LauncherError } from './launcher-error.ts';
import { readTextIfThere, removeFile, writePrivateFile } from './state-directory.ts';

/** What another shell needs to find the running system. */
export interface RuntimeFacts {
  baseUrl: string;
  kinesisEndpoint: string;
  /** Of each app's own port, where its metrics are; an app that was started again may have moved. */
  appUrls: Readonly<Record<string, string>>;
}

/** Throws `LauncherError` when a start of the same checkout is still running. */
export async function refuseSecondStart(runtimeFile: string): Promise<void> {
  const known = parseRuntime(await readTextIfThere(runtimeFile));
  if (!known || known.pid === process.pid) return;
  if ((await processIdentity(known.pid)) !== known.identity) return;
  throw new LauncherError(
    `Earshot runs already in this checkout: process ${known.pid}, ${known.baseUrl}`,
    'Use that one, or stop it with Ctrl-C first. Another checkout can run beside it with another EARSHOT_PORT.',
  );
}

export async function writeRuntimeFile(runtimeFile: string, facts: RuntimeFacts): Promise<void> {
  const identity = await processIdentity(process.pid);
  await writePrivateFile(
    runtimeFile,
    `${JSON.stringify({ ...facts, pid: process.pid, identity }, null, 2)}\n`,
  );
}

export async function removeRuntimeFile(runtimeFile: string): Promise<void> {
  await removeFile(runtimeFile);
}

function parseRuntime(
  text: string | undefined,
): { pid: number; identity: string; baseUrl: string } | undefined {
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('pid' in value) || typeof value.pid !== 'number') return undefined;
  if (!('identity' in value) || typeof value.identity !== 'string') return undefined;
  const baseUrl = 'baseUrl' in value && typeof value.baseUrl === 'string' ? value.baseUrl : '';
  return { pid: value.pid, identity: value.identity, baseUrl };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file cut short by a crash says nothing about a running system.
    return undefined;
  }
}
