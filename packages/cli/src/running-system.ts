import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from './verb.ts';

/** Where a running system is and how to speak to it. */
export interface RunningSystem {
  readonly baseUrl: string;
  readonly kinesisEndpoint: string;
  readonly apiId: string;
  readonly apiSecret: string;
}

const NOT_RUNNING = 'No running system found: run npm start in the checkout first, or name it by options';

/** Reads `.earshot/runtime.json` and `.earshot/credentials.json` of this directory or one above; options win. */
export async function findRunningSystem(cwd: string, named: Partial<RunningSystem>): Promise<RunningSystem> {
  const runtime = await readState(cwd, 'runtime.json');
  const credentials = await readState(cwd, 'credentials.json');
  const pick = (value: string | undefined, from: Record<string, unknown>, key: string): string => {
    const found = value ?? from[key];
    if (typeof found !== 'string') throw new CliError(`${NOT_RUNNING} (${key} is missing)`);
    return found.replace(/\/$/, '');
  };
  return {
    baseUrl: pick(named.baseUrl, { ...credentials, ...runtime }, 'baseUrl'),
    kinesisEndpoint: pick(named.kinesisEndpoint, runtime, 'kinesisEndpoint'),
    apiId: pick(named.apiId, credentials, 'apiId'),
    apiSecret: pick(named.apiSecret, credentials, 'apiSecret'),
  };
}

/** The Kinesis Video endpoint alone, for `earshot play`. */
export async function findKinesisEndpoint(cwd: string, named: string | undefined): Promise<string> {
  const found = named ?? (await readState(cwd, 'runtime.json'))['kinesisEndpoint'];
  if (typeof found !== 'string') throw new CliError(`${NOT_RUNNING} (--endpoint)`);
  return found.replace(/\/$/, '');
}

async function readState(cwd: string, name: string): Promise<Record<string, unknown>> {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const file = join(directory, '.earshot', name);
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw new CliError(`Cannot read ${file}: check its permissions`);
    });
    if (text !== undefined) return parseObject(file, text);
    if (dirname(directory) === directory) return {};
  }
}

function parseObject(file: string, text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null)
    throw new CliError(`Cannot use ${file}: expected a JSON object`);
  return { ...value };
}
