import type { Turn } from './read-turn.ts';

/** A question that names nothing we know and no quantity: an answer of nothing but digits is a code. */
export function asksUnknown(turn: Turn): boolean {
  if (turn.role !== 'agent' || turn.backChannel || turn.runs.length > 0) return false;
  if (turn.tokens.length > QUESTION_TOKENS_MAX) return false;
  if (turn.cues.some(({ label }) => label !== 'none')) return false;
  return turn.tokens.every(({ text }) => !QUANTITY_QUESTIONS.has(text));
}

const QUESTION_TOKENS_MAX = 30;

const QUANTITY_QUESTIONS: ReadonlySet<string> = new Set(
  'many much long old far when time where who often big tall fast year day month hours minutes people quantity'.split(
    ' ',
  ),
);
