import { splitMarks } from './marked-word.ts';
import type { StreamResult } from './recognition-stream.ts';
import type { StreamWord } from './stream-words.ts';

/** What we read of a Deepgram `Results` message; times are seconds from the first audio of the stream. */
interface DeepgramResults {
  readonly start: number;
  readonly duration: number;
  readonly is_final?: boolean;
  readonly from_finalize?: boolean;
  readonly channel: { readonly alternatives: readonly { readonly words: readonly DeepgramWord[] }[] };
}

interface DeepgramWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly punctuated_word?: string;
}

/** The result a message carries; messages of other types have none. Throws where it is no Deepgram message. */
export function resultOfMessage(message: string): StreamResult | undefined {
  const parsed: unknown = JSON.parse(message);
  if (!isRecord(parsed)) throw new TypeError('Cannot read message: no object');
  if (parsed['type'] !== 'Results') return undefined;
  if (!isResults(parsed)) throw new TypeError('Cannot read message: malformed Results');
  return {
    isFinal: parsed.is_final === true,
    endMs: (parsed.start + parsed.duration) * 1000,
    words: (parsed.channel.alternatives[0]?.words ?? []).map(wordOf),
    isFlushed: parsed.from_finalize === true,
  };
}

function wordOf(word: DeepgramWord): StreamWord {
  return {
    ...splitMarks(word.punctuated_word ?? word.word),
    startMs: word.start * 1000,
    endMs: word.end * 1000,
  };
}

function isResults(value: object): value is DeepgramResults {
  if (!('start' in value && 'duration' in value && 'channel' in value)) return false;
  const { start, duration, channel } = value;
  if (typeof start !== 'number' || typeof duration !== 'number' || !isRecord(channel)) return false;
  const alternatives = channel['alternatives'];
  return Array.isArray(alternatives) && alternatives.every(isAlternative);
}

function isAlternative(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['words']) && value['words'].every(isWord);
}

function isWord(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['word'] === 'string' &&
    typeof value['start'] === 'number' &&
    typeof value['end'] === 'number' &&
    (value['punctuated_word'] === undefined || typeof value['punctuated_word'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
