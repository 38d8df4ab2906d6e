import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkout } from './running-system.ts';

const TIMEOUT_MS = 120_000;

export interface CommandResult {
  readonly exitCode: number;
  /** Standard output parsed as JSON lines. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly errors: string;
}

/**
 * Runs `earshot ... --json` as a person would from `cwd`.
 *
 * @param onEvent hears of each event when it is printed
 */
export async function earshot(
  cwd: string,
  args: readonly string[],
  onEvent?: (event: Readonly<Record<string, unknown>>) => void,
): Promise<CommandResult> {
  const bin = join(checkout, 'packages', 'cli', 'bin', 'earshot.mjs');
  const child = spawn(process.execPath, [bin, ...args, '--json'], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  const printed: string[] = [];
  const errors: Buffer[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === '') return;
    printed.push(line);
    onEvent?.(parseEvent(line));
  });
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, events: printed.map(parseEvent), errors: Buffer.concat(errors).toString('utf8') };
}

function parseEvent(line: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null)
    throw new Error('Cannot read output: expected JSON objects');
  return { ...value };
}
