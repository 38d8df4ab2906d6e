import { estimateTokens, type EstimatedToken, type VoicedSpan } from '@earshot/domain';
import type { RecognizedWord } from '@earshot/speech';

/** One word of a webhook's `token` list. Raw words: never log it, never put it in an error. */
export type TranscriptToken = Omit<EstimatedToken, 'estimated'> & { readonly estimated?: true };

export interface TimedTranscript {
  /** As it is sent. */
  readonly text: string;
  /** Of the utterance on the session's clock; no token begins before or ends after. */
  readonly startMs: number;
  readonly endMs: number;
  /** What the engine told, on the session's clock; absent where it tells no times of words. */
  readonly words: readonly RecognizedWord[] | undefined;
  /** Where somebody speaks, for words without times; on the session's clock. */
  readonly voiced: readonly VoicedSpan[];
}

/** Comparisons of words; an utterance that would take more has its times estimated. */
const COMPARISONS_MAX = 250_000;

/**
 * The words of an utterance with their times. Where the text says what the engine heard, word for word, the times are
 * the engine's, and so is the whole of several words that were written as one ("twenty five dollars", "$25"); words
 * that share the time of others are marked `estimated`, as are all where the engine tells no times.
 */
export function transcriptTokens(transcript: TimedTranscript): readonly TranscriptToken[] {
  const { text, startMs, endMs, voiced, words = [] } = transcript;
  const written = estimateTokens(text, startMs, endMs, voiced);
  if (words.length === 0 || words.length * written.length > COMPARISONS_MAX) return written;
  const heard = withinUtterance(words, startMs, endMs);
  const tokens: TranscriptToken[] = [];
  let [atToken, atWord, spokenMs] = [0, 0, startMs];
  const end = { token: written.length, word: heard.length };
  for (const same of [...sameWords(written, heard), end]) {
    const between = written.slice(atToken, same.token);
    const told = heard.slice(atWord, same.word);
    const next = heard[same.word]?.startMs ?? endMs;
    // Engines tell of words that overlap: the one before may end after the next has begun.
    const from = told[0]?.startMs ?? Math.min(spokenMs, next);
    const to = Math.max(from, Math.min(told.at(-1)?.endMs ?? next, next));
    tokens.push(...share(between, from, to, told.length > 0));
    const [token, word] = [written[same.token], heard[same.word]];
    if (token === undefined || word === undefined) break;
    tokens.push(withTimes(token, word.startMs, word.endMs));
    [atToken, atWord, spokenMs] = [same.token + 1, same.word + 1, word.endMs];
  }
  return tokens;
}

/** One token has all the time; several share it by their letters, and nobody was told how. */
function share(
  tokens: readonly EstimatedToken[],
  startMs: number,
  endMs: number,
  isTold: boolean,
): readonly TranscriptToken[] {
  const [only] = tokens;
  if (only !== undefined && tokens.length === 1 && isTold) return [withTimes(only, startMs, endMs)];
  const letters = tokens.reduce((sum, { content }) => sum + content.length, 0);
  let before = 0;
  return tokens.map((token) => {
    const start = startMs + ((endMs - startMs) * before) / letters;
    before += token.content.length;
    const end = startMs + ((endMs - startMs) * before) / letters;
    return { ...withTimes(token, start, end), estimated: true };
  });
}

function withTimes(token: EstimatedToken, startMs: number, endMs: number): TranscriptToken {
  const { estimated: _, ...rest } = token;
  return { ...rest, start: Math.round(startMs), end: Math.round(endMs) };
}

/** The longest common run of words, in order: places in both lists. */
function sameWords(
  written: readonly EstimatedToken[],
  heard: readonly RecognizedWord[],
): readonly { readonly token: number; readonly word: number }[] {
  const a = written.map(({ content }) => content.toLowerCase());
  const b = heard.map(({ content }) => content.toLowerCase());
  // lengths[i][j]: of the best run from a[i], b[j] on.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? new Uint32Array();
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const same: { token: number; word: number }[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) same.push({ token: i++, word: j++ });
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return same;
}

/** Words of which none begins before the one before it, and none before or after the utterance. */
function withinUtterance(
  words: readonly RecognizedWord[],
  startMs: number,
  endMs: number,
): readonly RecognizedWord[] {
  let earliestMs = startMs;
  return words.map((word) => {
    const start = clamp(word.startMs, earliestMs, endMs);
    earliestMs = start;
    return { ...word, startMs: start, endMs: clamp(word.endMs, start, endMs) };
  });
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
