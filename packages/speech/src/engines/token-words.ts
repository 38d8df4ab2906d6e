import type { RecognizedWord } from '../lib/speech-recognizer.ts';
import { splitMarks } from './marked-word.ts';

/** Pieces of a decoded text with the second each begins at, as transducers give them. */
export interface TimedTokens {
  /** Pieces; one that begins with a space or U+2581 begins a word. */
  readonly tokens: readonly string[];
  readonly timestamps: readonly number[];
}

/** A word without a successor is taken to last so long after its last piece began. */
const LAST_PIECE_MS = 240;

/**
 * Words of `text` with the times of the tokens it was made of; undefined where the engine gave no times or where
 * text and tokens disagree about the words.
 */
export function wordsOfTokens(
  text: string,
  timed: TimedTokens,
  durationMs: number,
): readonly RecognizedWord[] | undefined {
  if (timed.tokens.length === 0 || timed.timestamps.length !== timed.tokens.length) return undefined;
  const spans = wordSpans(timed);
  const written = text.split(' ').filter((word) => word !== '');
  if (spans.length !== written.length) return undefined;
  return written.map((word, index) => {
    const span = spans[index] ?? { startMs: 0, lastPieceMs: 0 };
    const nextMs = spans[index + 1]?.startMs ?? durationMs;
    const startMs = Math.min(Math.round(span.startMs), Math.floor(durationMs));
    const endMs = Math.min(
      Math.round(Math.min(nextMs, span.lastPieceMs + LAST_PIECE_MS)),
      Math.floor(durationMs),
    );
    return { ...splitMarks(word), startMs, endMs: Math.max(startMs, endMs) };
  });
}

function wordSpans(
  timed: TimedTokens,
): readonly { readonly startMs: number; readonly lastPieceMs: number }[] {
  const spans: { startMs: number; lastPieceMs: number }[] = [];
  for (const [index, token] of timed.tokens.entries()) {
    const atMs = (timed.timestamps[index] ?? 0) * 1000;
    const last = spans.at(-1);
    if (last === undefined || /^[ \u2581]/.test(token)) spans.push({ startMs: atMs, lastPieceMs: atMs });
    else last.lastPieceMs = atMs;
  }
  return spans;
}
