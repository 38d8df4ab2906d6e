import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchError, countOption, type BenchContext } from '../bench.ts';
import { distribution } from '../harness.ts';
import { runProgram } from '../program.ts';
import { withRunningSystem } from '../running-system.ts';

const CALLS_DEFAULT = 4;
/** Where a stream carries its ContactId. After the media it is known only at the end of a fragment, up to 1 s later. */
const IDENTITIES = ['leading', 'trailing'] as const;

export interface Load {
  readonly calls: number;
  readonly identity: (typeof IDENTITIES)[number];
}

/** Last speech sample sent to the emulator in real time → webhook received, with the real recogniser. */
export async function utterance(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { calls: { type: 'string' } } });
  const calls = countOption('calls', values.calls, CALLS_DEFAULT);
  await withRunningSystem(context, async () => {
    const loads: Load[] = IDENTITIES.map((identity) => ({ calls, identity }));
    for (const load of [...loads, { calls: calls * 2, identity: 'leading' as const }]) {
      context.say(`playing ${load.calls} calls at once, ContactId ${load.identity}`);
      const latenciesMs = await playCalls(context, load);
      context.print({
        bench: 'utterance',
        metric: 'endToEnd',
        unit: 'ms',
        ...distribution(latenciesMs),
        peer: 'ours',
        params: { ...load },
      });
    }
  });
}

/** Latencies in ms of every transcript of calls played at once; throws where one is missing or wrong. */
export async function playCalls(context: BenchContext, { calls, identity }: Load): Promise<number[]> {
  const { checkout, env, signal } = context;
  const sample = join(checkout, 'tooling', 'sample-call');
  const cli = join(checkout, 'packages', 'cli', 'bin', 'earshot.mjs');
  const sides = ['--customer', join(sample, 'customer.wav'), '--agent', join(sample, 'agent.wav')];
  const args = [cli, 'simulate', ...sides, '--calls', String(calls), '--identity', identity, '--json'];
  const simulation = runProgram(process.execPath, args, { cwd: checkout, env, signal });
  const latenciesMs: number[] = [];
  for await (const line of simulation.lines) {
    const event = readEvent(line);
    if (event.type === 'transcript') latenciesMs.push(event.latencyMs);
    if (event.type === 'checked')
      for (const found of event.disagreements) context.say(`  disagrees: ${found}`);
  }
  const exitCode = await simulation.exited;
  signal.throwIfAborted();
  // A call whose transcripts are not all there and right makes no number.
  if (exitCode !== 0) throw new BenchError(`Cannot measure ${calls} calls: they did not go as they must`);
  return latenciesMs;
}

export type SimulationEvent =
  | { readonly type: 'transcript'; readonly latencyMs: number }
  | { readonly type: 'checked'; readonly disagreements: readonly string[] }
  | { readonly type: 'other' };

/** A line of `earshot simulate --json`. Throws `BenchError` for what is none. */
export function readEvent(line: string): SimulationEvent {
  const event = parseObject(line);
  if (event['type'] === 'transcript') {
    const { latencyMs } = event;
    if (typeof latencyMs !== 'number')
      throw new BenchError('Cannot read transcript event: latencyMs is missing');
    return { type: 'transcript', latencyMs };
  }
  if (event['type'] === 'checked' && Array.isArray(event['disagreements'])) {
    return { type: 'checked', disagreements: event['disagreements'].map(String) };
  }
  return { type: 'other' };
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (cause) {
    throw new BenchError('Cannot read event: the line is no JSON', { cause });
  }
  throw new BenchError('Cannot read event: the line is no JSON object');
}
