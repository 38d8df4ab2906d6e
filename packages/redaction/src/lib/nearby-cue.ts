import { CLAUSE_ENDS, COPULAS } from './cue-phrases.ts';
import type { Cue } from './cue.ts';
import { FILLERS } from './number-words.ts';
import type { EntityName } from './entities.ts';
import { MONTHS, ORDINALS } from './quantity-words.ts';
import { FIGURE_DIGITS_MAX } from './state.ts';
import type { Token } from './tokenize.ts';

/** The cue that governs what comes next in a turn. */
export interface GoverningCue {
  readonly entity: EntityName;
  readonly weak: boolean;
  /** Words since the cue or since the last part of its value. */
  readonly wordsSince: number;
  /** Digits of its value so far. */
  readonly digitCount: number;
}

/** What the words before a number say of it. Fed the turn's tokens in order. */
export interface NearbyCue {
  governing(): GoverningCue | undefined;
  /** A number of so many digits is named as something of no interest. */
  isOther(digitCount: number): boolean;
  /** The word before names something of no interest: "room 1204". */
  isNamedOther(digitCount: number): boolean;
  isLastFour(): boolean;
  /** The word before announces a value: "is", ":". */
  isAnnounced(): boolean;
  /** Nothing but a verb and fillers since the cue: "my PIN is uh ...". */
  isDirect(): boolean;
  seeCue(cue: Cue): void;
  seeToken(token: Token): void;
  /** A value, masked now or before. */
  seeMasked(digitCount: number): void;
  /** A card known by its checksum: without a cue, it governs what follows ("4111 ..., 12 25, 561"). */
  seeCard(digitCount: number): void;
}

const OTHER_WORDS_MAX = 10;
/** "Room", "price": said near their figure. */
const FIGURE_WORDS_MAX = 5;
const ON_CARD_WORDS_MAX = 3;
const LAST_FOUR_WORDS_MAX = 6;
const BETWEEN: ReadonlySet<string> = new Set(
  'in at by from the number $ , - \u2014 actually currently set to now'.split(' '),
);

export function createNearbyCue(): NearbyCue {
  let cue: GoverningCue | undefined;
  let clauseEnded = false;
  let otherWords = Infinity;
  let otherWeak = false;
  let otherAdjacent = false;
  let adjacentWeak = false;
  let lastFourWords = Infinity;
  let announced = false;
  /** 0: no cue in reach, 1: a cue, 2: a cue and its verb. */
  let directness = 0;

  function seeLabel({ label, weak }: Cue): void {
    if (label === 'none') return;
    if (label === 'last-four') {
      lastFourWords = 0;
    } else if (label !== 'other') {
      const refines = weak && cue !== undefined && !cue.weak && !clauseEnded;
      // "The group number on the card is ..." goes on naming the group.
      const isCard = label === 'CREDIT_CARD_NUMBER' && otherWords > 0;
      if (isCard && !clauseEnded && !otherWeak && otherWords <= ON_CARD_WORDS_MAX) return;
      if (!refines) cue = { entity: label, weak, wordsSince: 0, digitCount: 0 };
      otherWords = Infinity;
    } else if (cue === undefined || clauseEnded) {
      // Within one clause the secret governs: "my PIN for the account is 1234".
      cue = undefined;
      otherWords = 0;
      otherWeak = weak;
    }
    otherAdjacent = label === 'other';
    adjacentWeak = weak;
    clauseEnded = false;
  }

  return {
    governing: () => cue,
    isOther: (digitCount) =>
      otherWeak
        ? otherWords <= FIGURE_WORDS_MAX && digitCount <= FIGURE_DIGITS_MAX
        : otherWords <= OTHER_WORDS_MAX,
    isNamedOther: (digitCount) => otherAdjacent && (!adjacentWeak || digitCount <= FIGURE_DIGITS_MAX),
    isLastFour: () => lastFourWords <= LAST_FOUR_WORDS_MAX,
    isAnnounced: () => announced,
    isDirect: () => directness === 2,
    seeCue(next) {
      announced = false;
      seeLabel(next);
      directness = cue === undefined || next.label === 'other' ? 0 : 1;
    },
    seeToken({ kind, text }) {
      if (FILLERS.has(text) && !CLAUSE_ENDS.has(text)) return;
      announced = COPULAS.has(text);
      if (announced && directness > 0) directness = 2;
      else if (!announced && !BETWEEN.has(text) && !MONTHS.has(text) && !ORDINALS.has(text)) directness = 0;
      if (CLAUSE_ENDS.has(text)) clauseEnded = true;
      if (kind === 'mark' && text !== '#') return;
      otherAdjacent = false;
      if (otherWeak && /^(?:it's|its)$/.test(text)) otherWords = Infinity;
      if (cue !== undefined) cue = { ...cue, wordsSince: cue.wordsSince + 1 };
      otherWords += 1;
      lastFourWords += 1;
    },
    seeMasked(digitCount) {
      announced = false;
      otherAdjacent = false;
      clauseEnded = false;
      if (cue !== undefined) cue = { ...cue, wordsSince: 0, digitCount: cue.digitCount + digitCount };
    },
    seeCard(digitCount) {
      cue ??= { entity: 'CREDIT_CARD_NUMBER', weak: false, wordsSince: 0, digitCount: 0 };
      this.seeMasked(digitCount);
    },
  };
}
