import { parseArgs } from 'node:util';
import { createRedactor, DEFAULT_ENTITIES, defaultPolicy } from '@earshot/redaction';
import {
  CORPUS_HALVES,
  CORPUS_STYLES,
  maskWithEngine,
  readCorpus,
  scoreCorpus,
  sumOf,
  type ConversationMasker,
  type CorpusStyle,
  type LabelledTurn,
} from '@earshot/redaction/corpus';
import { countOption, type BenchContext } from '../bench.ts';
import { distribution } from '../harness.ts';
import { hostileTurns } from '../hostile-turns.ts';
import { redactPeers, type RedactPeer } from '../redact-peers.ts';

const ROUNDS_DEFAULT = 5;
const HOSTILE_SAMPLES = 20;
const HOSTILE_CHARS = 10_000;
const MICROSECONDS_IN_MS = 1000;
const PERCENT = 100;

type Conversations = readonly (readonly LabelledTurn[])[];
type MaskTurn = (turn: LabelledTurn, index: number) => { text: string } | Promise<{ text: string }>;

/** One who takes part: ours keeps a state from turn to turn, the libraries know a text alone. */
interface Contender {
  readonly peer: string;
  readonly conversation: () => MaskTurn;
}

/** Time of a turn and what is left readable, ours and three libraries on the labelled conversations. */
export async function redact(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { rounds: { type: 'string' } } });
  const rounds = countOption('rounds', values.rounds, ROUNDS_DEFAULT);
  const contenders = [
    { peer: 'ours', conversation: maskWithEngine(defaultPolicy) },
    ...redactPeers().map(contender),
  ];
  for (const style of CORPUS_STYLES) {
    const conversations = CORPUS_HALVES.flatMap((half) => readCorpus(half, style));
    await timeTurns(context, { style, conversations, rounds, contenders });
    for (const each of contenders) await countReadable(context, style, conversations, each);
  }
  for (const charCount of [HOSTILE_CHARS, 2 * HOSTILE_CHARS]) timeHostileTurns(context, charCount);
}

function contender({ peer, redact: mask }: RedactPeer): Contender {
  return {
    peer,
    conversation:
      () =>
      async ({ text }) => ({ text: await mask(text) }),
  };
}

interface Race {
  readonly style: CorpusStyle;
  readonly conversations: Conversations;
  readonly rounds: number;
  readonly contenders: readonly Contender[];
}

/** All take turns in every round, so that a noisy machine disturbs them alike; the first round is not counted. */
async function timeTurns(context: BenchContext, { style, conversations, rounds, contenders }: Race) {
  const samples = new Map(contenders.map(({ peer }): [string, number[]] => [peer, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { peer, conversation } of contenders) {
      context.signal.throwIfAborted();
      const microseconds = await roundOf(conversations, conversation);
      if (round > 0) samples.get(peer)?.push(...microseconds);
    }
    context.say(`${style}: round ${round} of ${rounds}`);
  }
  for (const [peer, microseconds] of samples) {
    context.print({
      bench: 'redact',
      metric: 'latency',
      unit: 'µs',
      ...distribution(microseconds),
      peer,
      params: { style },
    });
  }
}

async function roundOf(conversations: Conversations, conversation: () => MaskTurn): Promise<number[]> {
  const samples: number[] = [];
  for (const turns of conversations) {
    const mask = conversation();
    for (const [index, turn] of turns.entries()) {
      const startedAt = performance.now();
      const masked = mask(turn, index);
      // Only those who make a promise wait for it.
      if (masked instanceof Promise) await masked;
      samples.push((performance.now() - startedAt) * MICROSECONDS_IN_MS);
    }
  }
  return samples;
}

async function countReadable(
  { print }: BenchContext,
  style: CorpusStyle,
  conversations: Conversations,
  { peer, conversation }: Contender,
): Promise<void> {
  const masked = new Map<LabelledTurn, { text: string }>();
  for (const turns of conversations) {
    const mask = conversation();
    for (const [index, turn] of turns.entries()) masked.set(turn, await mask(turn, index));
  }
  const masker: ConversationMasker = () => (turn) => masked.get(turn) ?? turn;
  const { byType, alteredCount, cleanCount } = scoreCorpus(conversations, masker, {
    types: DEFAULT_ENTITIES,
  });
  const { spanCount, wholeCount, readableCount } = sumOf(byType, DEFAULT_ENTITIES);
  const share = (metric: string, count: number, n: number): void =>
    print({
      bench: 'redact',
      metric,
      unit: '%',
      value: (PERCENT * count) / n,
      n,
      peer,
      params: { style },
    });
  share('leftWhole', wholeCount, spanCount);
  share('partlyReadable', readableCount, spanCount);
  share('cleanAltered', alteredCount, cleanCount);
}

/** Ours alone: each kind of text, by itself in a fresh conversation. */
function timeHostileTurns({ print, signal }: BenchContext, charCount: number): void {
  const redactor = createRedactor(defaultPolicy);
  for (const { pattern, text } of hostileTurns(charCount)) {
    signal.throwIfAborted();
    const samples = Array.from({ length: HOSTILE_SAMPLES }, () => {
      const startedAt = performance.now();
      redactor.redact({ role: 'customer', text, atMs: 0 }, redactor.initialState());
      return performance.now() - startedAt;
    });
    print({
      bench: 'redact',
      metric: 'hostileTurn',
      unit: 'ms',
      ...distribution(samples),
      peer: 'ours',
      params: { pattern, chars: charCount },
    });
  }
}
