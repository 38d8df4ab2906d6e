import { applyEdits, composeEdits, isVoid, trimEdit, type Edit } from './edits.ts';
import { repairPunctuation } from './repair-punctuation.ts';
import { restoreCasing } from './restore-casing.ts';
import { tokenize, type Token } from './tokenize.ts';
import { writeNumbers } from './write-numbers.ts';

/** Which of the three passes are made. */
export interface FormatOptions {
  /** Spoken numbers, dates, times, amounts and addresses in figures. Default true. */
  readonly numbers?: boolean;
  /** Capitals at the start of a sentence and of names that always have one. Default true. */
  readonly casing?: boolean;
  /** Doubled marks made single, a missing final mark written. Default true. */
  readonly punctuation?: boolean;
}

/** The text as people write it, and how it came about. */
export interface FormattedTranscript {
  readonly text: string;
  /** What changed, in offsets of the text as given; `applyEdits` makes `text` of them. */
  readonly edits: readonly Edit[];
}

type Pass = (tokens: readonly Token[], text: string) => Edit[];

/** What one round writes may let the next see more; a text still moving after this many is left as it was. */
const ROUNDS_MAX = 6;

/**
 * Writes recognised English as people write it. Never throws; a text that is formatted already stays the same. Masks
 * (`####`, `[PIN]`) stay exactly as they are and nothing is read across one. Time grows linearly with the text.
 */
export function formatTranscript(text: string, options: FormatOptions = {}): FormattedTranscript {
  const passes = passesOf(options);
  let [current, edits]: [string, readonly Edit[]] = [text, []];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const next = formatOnce(current, passes);
    if (next.edits.length === 0) return { text: current, edits };
    edits = composeEdits(text, edits, next.edits);
    current = next.text;
  }
  return { text, edits: [] };
}

function passesOf({ numbers = true, casing = true, punctuation = true }: FormatOptions): Pass[] {
  return [
    ...(numbers ? [writeNumbers] : []),
    ...(punctuation ? [repairPunctuation] : []),
    ...(casing ? [restoreCasing] : []),
  ];
}

function formatOnce(text: string, passes: readonly Pass[]): FormattedTranscript {
  let [current, edits]: [string, readonly Edit[]] = [text, []];
  let tokens = tokenize(text);
  for (const pass of passes) {
    const source = current;
    const made = pass(tokens, source)
      .map((edit) => trimEdit(source, edit))
      .filter((edit) => !isVoid(edit));
    if (made.length === 0) continue;
    edits = composeEdits(text, edits, made);
    current = applyEdits(source, made);
    tokens = tokenize(current);
  }
  return { text: current, edits };
}
