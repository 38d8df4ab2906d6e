import { parseArgs } from 'node:util';
import { createRedactor, defaultPolicy } from '@earshot/redaction';
import { BenchError, countOption, type BenchContext } from '../bench.ts';
import { CONVERSATIONS, type ConversationStyle } from '../conversations.ts';
import { distribution } from '../harness.ts';

const ROUNDS_DEFAULT = 2000;
const WARM_UP_ROUNDS = 200;
const TURN_MS = 4000;
const MICROSECONDS_IN_MS = 1000;

/** Time of one turn; the state goes from turn to turn as in a call. */
export async function redact(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { rounds: { type: 'string' } } });
  const rounds = countOption('rounds', values.rounds, ROUNDS_DEFAULT);
  for (const style of ['words', 'digits'] as const) {
    timeTurns(style, WARM_UP_ROUNDS);
    context.signal.throwIfAborted();
    const microseconds = timeTurns(style, rounds);
    context.print({
      bench: 'redact',
      metric: 'latency',
      unit: 'µs',
      ...distribution(microseconds),
      peer: 'ours',
      params: { style },
    });
  }
}

function timeTurns(style: ConversationStyle, rounds: number): number[] {
  const redactor = createRedactor(defaultPolicy);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let state = redactor.initialState();
    for (const [index, { role, text }] of CONVERSATIONS[style].entries()) {
      const startedAt = performance.now();
      const result = redactor.redact({ role, text, atMs: index * TURN_MS }, state);
      samples.push((performance.now() - startedAt) * MICROSECONDS_IN_MS);
      // A turn that is masked whole because something went wrong is soon done.
      if (result.findings.some(({ rule }) => rule === 'internal-error'))
        throw new BenchError(`Cannot measure: turn ${index + 1} in ${style} met an internal error`);
      state = result.state;
    }
  }
  return samples;
}
