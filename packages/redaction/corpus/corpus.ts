import { readFileSync } from 'node:fs';
import type { ParticipantRole } from '@earshot/domain';

/** What was made up as private. `CARD_LAST_FOUR` may be masked or left: it is neither scored nor an ordinary number. */
export interface LabelledSpan {
  readonly type: string;
  /** UTF-16 offsets into the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface LabelledTurn {
  readonly conversation: string;
  readonly role: ParticipantRole;
  readonly text: string;
  readonly spans: readonly LabelledSpan[];
}

/** Detection may be improved by looking at `development` only. */
export const CORPUS_HALVES = ['development', 'held-out'] as const;
export const CORPUS_STYLES = ['words', 'digits'] as const;
/** `scripts` are rendered from `corpus/scripts`; `calls` were written apart from them. */
export const CORPUS_SOURCES = ['scripts', 'calls'] as const;
export type CorpusHalf = (typeof CORPUS_HALVES)[number];
export type CorpusStyle = (typeof CORPUS_STYLES)[number];
export type CorpusSource = (typeof CORPUS_SOURCES)[number];

export function corpusFile(half: CorpusHalf, style: CorpusStyle, source: CorpusSource = 'scripts'): URL {
  return new URL(`./${source === 'calls' ? 'calls.' : ''}${half}.${style}.jsonl`, import.meta.url);
}

/** The conversations of one half in one style, each in its order. */
export function readCorpus(
  half: CorpusHalf,
  style: CorpusStyle,
  source: CorpusSource = 'scripts',
): readonly (readonly LabelledTurn[])[] {
  const conversations = new Map<string, LabelledTurn[]>();
  for (const line of readFileSync(corpusFile(half, style, source), 'utf8').split('\n')) {
    if (line === '') continue;
    const turn = parseTurn(line);
    const turns = conversations.get(turn.conversation);
    if (turns === undefined) conversations.set(turn.conversation, [turn]);
    else turns.push(turn);
  }
  return [...conversations.values()];
}

/** The files are ours and checked by a test, so that their shape is taken on trust. */
function parseTurn(line: string): LabelledTurn {
  return JSON.parse(line) as LabelledTurn;
}
