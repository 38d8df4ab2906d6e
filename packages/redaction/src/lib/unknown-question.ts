import type { Turn } from './read-turn.ts';

/** A question that names nothing we know and no quantity: an answer of nothing but digits is a code. */
export function asksUnknown(turn: Turn): boolean {
  if (turn.role !== 'agent' || turn.backChannel || turn.runs.some(({ digits }) => digits.length > 1))
    return false;
  if (turn.tokens.length > QUESTION_TOKENS_MAX) return false;
  if (turn.cues.some(({ label }) => label !== 'none')) return false;
  return turn.tokens.every(({ text }) => !QUANTITY_QUESTIONS.has(text));
}

/** Not for what was said once more. */
export function asksAnew({ tokens }: Turn): boolean {
  return (
    tokens.some(({ text }) => NEW_QUESTIONS.has(text)) && tokens.every(({ text }) => !OF_BEFORE.has(text))
  );
}

const NEW_QUESTIONS: ReadonlySet<string> = new Set("what what's whats which".split(' '));
const OF_BEFORE: ReadonlySet<string> = new Set(
  'that it again repeat say said slower once pardon sorry correct right last first next rest them those this'.split(
    ' ',
  ),
);

const QUESTION_TOKENS_MAX = 30;

const QUANTITY_QUESTIONS: ReadonlySet<string> = new Set(
  'many much long old far when time who often channel kind envelope letter box label sticker bill statement receipt form tag plate ticket package bottle invoice big tall fast year day month hours minutes people quantity'.split(
    ' ',
  ),
);
