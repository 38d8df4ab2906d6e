import { ENTITY_CUES } from './cue-phrases-entities.ts';
import { MORE_CUES } from './cue-phrases-more.ts';
import { OTHER_CUES } from './cue-phrases-other.ts';
import type { CueLabel } from './cue.ts';

export interface CuePhrase {
  readonly words: readonly string[];
  readonly label: CueLabel;
  /** A weak phrase ("credit card") is often said without its number: only a long run near it counts. */
  readonly weak: boolean;
}

/** Words are lower case; the longest phrase that starts at a word wins. */
export const CUE_PHRASES: readonly CuePhrase[] = [...ENTITY_CUES, ...MORE_CUES, ...OTHER_CUES].flatMap(
  ([label, list, weak]) =>
    list.split('|').map((phrase) => ({ words: phrase.trim().split(' '), label, weak: weak === 'weak' })),
);

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Clause ends after which a new label replaces the one before. */
export const CLAUSE_ENDS: ReadonlySet<string> = words('and but also while however . ? ! ;');

/** Words between a number and a cue that come after it: "1234 is my PIN". */
export const BACKWARD_LINKS: ReadonlySet<string> = words("is was that's that are as for it's would");

/** Words after a cue that announce its value. */
export const COPULAS: ReadonlySet<string> = words("is was are it's that's its 's : = be reads equals");
