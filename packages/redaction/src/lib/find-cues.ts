import { CUE_PHRASES, type CueLabel, type CuePhrase } from './cue-phrases.ts';
import type { RedactionPolicy } from './policy.ts';
import type { Token } from './tokenize.ts';

export interface Cue {
  readonly label: CueLabel;
  readonly weak: boolean;
  /** Token indexes, `last` included. */
  readonly first: number;
  readonly last: number;
}

const BY_FIRST_WORD = new Map<string, CuePhrase[]>();
for (const phrase of CUE_PHRASES.toSorted((a, b) => b.words.length - a.words.length)) {
  const [word = ''] = phrase.words;
  BY_FIRST_WORD.set(word, [...(BY_FIRST_WORD.get(word) ?? []), phrase]);
}

/** Finds cues in order, without overlap. A cue of an entity the policy does not mask labels a number as `other`. */
export function findCues(tokens: readonly Token[], policy: RedactionPolicy): Cue[] {
  const enabled: ReadonlySet<CueLabel> = new Set<CueLabel>([
    ...policy.entities,
    'last-four',
    'none',
    'other',
  ]);
  const cues: Cue[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const cue = readCue(tokens, at);
    if (cue === undefined) continue;
    cues.push(enabled.has(cue.label) ? cue : { ...cue, label: 'other' });
    at = cue.last;
  }
  return cues;
}

function readCue(tokens: readonly Token[], at: number): Cue | undefined {
  for (const phrase of BY_FIRST_WORD.get(tokens[at]?.text ?? '') ?? []) {
    const last = matchWords(tokens, at, phrase.words);
    if (last !== undefined) return { label: phrase.label, weak: phrase.weak, first: at, last };
  }
  return undefined;
}

/** Dots and hyphens inside a phrase are passed over: "C.V.V.", "one-time code", "pass-code". */
function matchWords(tokens: readonly Token[], at: number, words: readonly string[]): number | undefined {
  let next = at;
  for (const [i, word] of words.entries()) {
    while (i > 0 && /^[.-]$/.test(tokens[next]?.text ?? '')) next += 1;
    if (tokens[next]?.text !== word) return undefined;
    next += 1;
  }
  return next - 1;
}
