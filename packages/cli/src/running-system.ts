import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, UsageError } from './verb.ts';

/** The API of a running system and a key for it. */
export interface RunningApi {
  readonly baseUrl: string;
  readonly apiId: string;
  readonly apiSecret: string;
}

/** Where a running system is and how to speak to it. */
export interface RunningSystem extends RunningApi {
  readonly kinesisEndpoint: string;
}

/** What options name; the rest is looked up. */
export type Named<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Options of a verb that speaks to the API. */
export const API_OPTIONS = {
  'base-url': { type: 'string' },
  'api-id': { type: 'string' },
  'api-secret': { type: 'string' },
} as const;

/** Tells of `API_OPTIONS`; the scope is to follow. */
export const SYSTEM_HELP = `  --base-url URL, --api-id ID, --api-secret SECRET
                        a system other than the one npm start runs here; the key needs the scope`;

const NOT_RUNNING = 'No running system found: run npm start in the checkout first, or name it by options';

/** Reads `.earshot/runtime.json` and `.earshot/credentials.json` of this directory or one above; options win. */
export async function findRunningSystem(cwd: string, named: Partial<RunningSystem>): Promise<RunningSystem> {
  const runtime = await readState(cwd, 'runtime.json');
  const kinesisEndpoint = pick(named.kinesisEndpoint, runtime, 'kinesisEndpoint');
  return { ...(await findRunningApi(cwd, named)), kinesisEndpoint };
}

/** What the options of `API_OPTIONS` name. */
export function apiNamed(values: {
  readonly [K in keyof typeof API_OPTIONS]?: string | undefined;
}): Named<RunningApi> {
  return { baseUrl: values['base-url'], apiId: values['api-id'], apiSecret: values['api-secret'] };
}

/** As `findRunningSystem`, for what needs no Kinesis. */
export async function findRunningApi(cwd: string, named: Named<RunningApi>): Promise<RunningApi> {
  const runtime = await readState(cwd, 'runtime.json');
  const credentials = await readState(cwd, 'credentials.json');
  return {
    baseUrl: usableUrl(pick(named.baseUrl, { ...credentials, ...runtime }, 'baseUrl')),
    apiId: sendable('api-id', pick(named.apiId, credentials, 'apiId')),
    apiSecret: sendable('api-secret', pick(named.apiSecret, credentials, 'apiSecret')),
  };
}

function usableUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new UsageError(`Cannot use --base-url ${text}: expected a URL such as http://localhost:8080`);
}

/** The value is not told: it may be a secret. */
function sendable(option: string, text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new UsageError(`Cannot use --${option}: expected ASCII characters without spaces`);
}

function pick(value: string | undefined, from: Record<string, unknown>, key: string): string {
  const found = value ?? from[key];
  if (typeof found !== 'string') throw new CliError(`${NOT_RUNNING} (${key} is missing)`);
  return found.replace(/\/$/, '');
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
