import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '@earshot/services';
import { BenchError, type BenchContext } from './bench.ts';
import { runProgram } from './program.ts';

const ANSWER_TIMEOUT_MS = 2000;

/** The line that `npm start` prints on standard output when everything is up. */
const READY_LINE = 'Earshot is up';

/** Lets `act` use the system that runs in this checkout; starts one for that time where none does. */
export async function withRunningSystem(context: BenchContext, act: () => Promise<void>): Promise<void> {
  const baseUrl = await findRunningSystem(context.checkout);
  if (baseUrl !== undefined) {
    context.say(`using the system at ${baseUrl}`);
    return act();
  }
  const { checkout, env, signal } = context;
  const port = String(await findFreePort());
  const launcher = join(checkout, 'tooling', 'launcher', 'main.mjs');
  const args = [launcher, 'start', '--no-demo', '--port', port];
  const system = runProgram(process.execPath, args, { cwd: checkout, env, signal });
  try {
    await untilReady(system.lines);
    await act();
  } finally {
    await system.stop();
  }
}

/** Resolves when the system says that it is up. Throws `BenchError` when it ends before that. */
export async function untilReady(lines: AsyncIterable<string>): Promise<void> {
  // `for await` would close the stream when left, and the system would meet a broken pipe.
  const iterator = lines[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await iterator.next();
    if (done === true) throw new BenchError('The system ended before it was ready');
    if (value === READY_LINE) return;
  }
}

/** The base URL in `.earshot/runtime.json`, if something answers there. */
async function findRunningSystem(checkout: string): Promise<string | undefined> {
  const baseUrl = readBaseUrl(await readRuntime(join(checkout, '.earshot', 'runtime.json')));
  if (baseUrl === undefined) return undefined;
  try {
    const answer = await fetch(new URL('/v1/health', baseUrl), {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return baseUrl;
  } catch {
    // The file of a system that was killed: nobody listens there.
    return undefined;
  }
}

/** Where an app of the running system answers on its own port. Throws `BenchError` where that is not told. */
export async function findAppUrl(checkout: string, app: string): Promise<string> {
  const value = await readRuntime(join(checkout, '.earshot', 'runtime.json'));
  const urls = typeof value === 'object' && value !== null && 'appUrls' in value ? value.appUrls : undefined;
  const url =
    typeof urls === 'object' && urls !== null ? Object.entries(urls).find(([name]) => name === app) : [];
  if (typeof url?.[1] === 'string') return url[1];
  throw new BenchError(`Cannot find ${app}: the running system does not tell its address`);
}

async function readRuntime(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readBaseUrl(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('baseUrl' in value)) return undefined;
  return typeof value.baseUrl === 'string' ? value.baseUrl : undefined;
}
