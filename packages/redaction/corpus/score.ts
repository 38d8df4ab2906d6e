import type { LabelledTurn } from './corpus.ts';
import { readableInText, readableOutside } from './readable-words.ts';

/** What a way of redacting made of a turn; `findings` where it tells places in the text as given. */
export interface MaskedTurn {
  readonly text: string;
  readonly findings?: readonly { readonly start: number; readonly end: number }[];
}

/** Made anew for each conversation; is given its turns in order. */
export type ConversationMasker = () => (turn: LabelledTurn, index: number) => MaskedTurn;

export interface Tally {
  spanCount: number;
  /** Spans of which every word is left. */
  wholeCount: number;
  /** Spans of which any word is left, those left whole among them. */
  readableCount: number;
}

export interface Miss {
  readonly type: string;
  readonly conversation: string;
  readonly said: string;
  readonly left: readonly string[];
  readonly before: string;
  readonly turn: string;
  readonly output: string;
}

export interface Score {
  readonly byType: ReadonlyMap<string, Tally>;
  /** Turns that hold nothing private of any type. */
  readonly cleanCount: number;
  readonly alteredCount: number;
  readonly misses: readonly Miss[];
  readonly altered: readonly {
    readonly conversation: string;
    readonly turn: string;
    readonly output: string;
  }[];
}

export interface ScoreOptions {
  /** Spans of other types are not scored; their turns are not clean all the same. */
  readonly types: readonly string[];
}

export function scoreCorpus(
  conversations: readonly (readonly LabelledTurn[])[],
  masker: ConversationMasker,
  { types }: ScoreOptions,
): Score {
  const byType = new Map(types.map((type): [string, Tally] => [type, emptyTally()]));
  const misses: Miss[] = [];
  const altered: { conversation: string; turn: string; output: string }[] = [];
  let cleanCount = 0;
  for (const turns of conversations) {
    const mask = masker();
    for (const [index, turn] of turns.entries()) {
      const masked = mask(turn, index);
      misses.push(...scoreTurn(turn, turns[index - 1]?.text ?? '', masked, byType));
      if (turn.spans.length > 0) continue;
      cleanCount += 1;
      if (masked.text !== turn.text) {
        altered.push({ conversation: turn.conversation, turn: turn.text, output: masked.text });
      }
    }
  }
  return { byType, cleanCount, alteredCount: altered.length, misses, altered };
}

function scoreTurn(
  turn: LabelledTurn,
  before: string,
  masked: MaskedTurn,
  byType: ReadonlyMap<string, Tally>,
): Miss[] {
  const { text, spans, conversation } = turn;
  const inText = readableInText(text, masked.text, spans);
  const outside = masked.findings === undefined ? inText : readableOutside(text, masked.findings, spans);
  return spans.flatMap(({ type, start, end }, at): Miss[] => {
    const tally = byType.get(type);
    if (tally === undefined) return [];
    // Whichever shows more: a finding that masks nothing, or words that no finding covers.
    const [shown, covered] = [inText[at], outside[at]];
    const readable = (covered?.left.length ?? 0) > (shown?.left.length ?? 0) ? covered : shown;
    const { left, wordCount } = readable ?? { left: [], wordCount: 0 };
    tally.spanCount += 1;
    if (left.length === 0) return [];
    tally.readableCount += 1;
    if (left.length === wordCount) tally.wholeCount += 1;
    return [
      { type, conversation, said: text.slice(start, end), left, before, turn: text, output: masked.text },
    ];
  });
}

export function emptyTally(): Tally {
  return { spanCount: 0, wholeCount: 0, readableCount: 0 };
}

/** Several types together. */
export function sumOf(byType: ReadonlyMap<string, Tally>, types: readonly string[]): Tally {
  const sum = emptyTally();
  for (const type of types) {
    const tally = byType.get(type) ?? emptyTally();
    sum.spanCount += tally.spanCount;
    sum.wholeCount += tally.wholeCount;
    sum.readableCount += tally.readableCount;
  }
  return sum;
}
