import type { EntityName } from './entities.ts';

/**
 * What a phrase says of the number near it. `other` names a number of no interest; `last-four` shortens another label;
 * `none` only keeps its words from being read as another cue ("social media").
 */
export type CueLabel = EntityName | 'other' | 'last-four' | 'none';

/** A phrase of a turn that says what is near it. */
export interface Cue {
  readonly label: CueLabel;
  /** Often said without its number. */
  readonly weak: boolean;
  /** Token indexes, `last` included. */
  readonly first: number;
  readonly last: number;
}
