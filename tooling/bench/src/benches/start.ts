import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { findFreePort } from '@earshot/services';
import { bareEnvironment } from '../bare-machine.ts';
import { BenchError, countOption, type BenchContext } from '../bench.ts';
import { distribution, median } from '../harness.ts';
import { runProgram, type Program } from '../program.ts';
import { untilReady } from '../running-system.ts';

const RUNS_DEFAULT = 1;
const SECOND_STARTS = 3;
/** A transcript as `npm start` prints it: `  12.3 s  customer  ...`. */
const TRANSCRIPT_LINE = /^\s*\d+\.\d s {2}(customer|agent) /;

/** What a newcomer waits: fresh clone, empty caches → first transcript; then a second start → ready. */
export async function start(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { runs: { type: 'string' } } });
  const runs = countOption('runs', values.runs, RUNS_DEFAULT);
  const firstSeconds: number[] = [];
  const secondSeconds: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    context.say(`fresh clone ${run} of ${runs}`);
    await inFreshClone(context, async (clone) => {
      firstSeconds.push(await secondsToFirstTranscript(clone));
      for (let again = 0; again < SECOND_STARTS; again += 1) secondSeconds.push(await secondsToReady(clone));
    });
  }
  const line = { bench: 'start', unit: 's', peer: 'ours' } as const;
  context.print({ ...line, metric: 'firstTranscript', value: median(firstSeconds), n: firstSeconds.length });
  context.print({ ...line, metric: 'secondStart', ...distribution(secondSeconds) });
}

interface Clone {
  /** `npm start` with these options, in the clone. */
  readonly npmStart: (options: readonly string[]) => Program;
}

async function inFreshClone(context: BenchContext, act: (clone: Clone) => Promise<void>): Promise<void> {
  const { checkout, signal } = context;
  const folder = await mkdtemp(join(tmpdir(), 'earshot-start-'));
  try {
    // The private PostgreSQL runs as another user when we are root, and has to pass through.
    await chmod(folder, 0o755);
    const cwd = join(folder, 'earshot');
    await promisify(execFile)('git', ['clone', '--quiet', '--no-hardlinks', checkout, cwd], { signal });
    const port = String(await findFreePort());
    const env = { ...bareEnvironment(context.env, { checkout, folder }), EARSHOT_PORT: port };
    await act({
      npmStart: (options) => runProgram('npm', ['start', '--', ...options], { cwd, env, signal }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function secondsToFirstTranscript(clone: Clone): Promise<number> {
  const startedAt = performance.now();
  const program = clone.npmStart(['--once']);
  let seconds: number | undefined;
  for await (const line of program.lines) {
    if (TRANSCRIPT_LINE.test(line)) seconds ??= secondsSince(startedAt);
  }
  const exitCode = await program.exited;
  if (exitCode !== 0) throw new BenchError(`Cannot measure: npm start -- --once ended with code ${exitCode}`);
  if (seconds === undefined) throw new BenchError('Cannot measure: no transcript was printed');
  return seconds;
}

async function secondsToReady(clone: Clone): Promise<number> {
  const startedAt = performance.now();
  const program = clone.npmStart(['--no-demo']);
  try {
    await untilReady(program.lines);
    return secondsSince(startedAt);
  } finally {
    await program.stop();
  }
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}
