import type { DigitRun } from './digit-runs.ts';
import type { EntityName } from './entities.ts';

/** Which piece of reasoning found a value. */
export type RedactionRule =
  | 'luhn'
  | 'cue'
  | 'expected'
  | 'repeat'
  | 'pattern'
  | 'length'
  | 'pieces'
  | 'strict'
  | 'spoken-value'
  | 'custom'
  | 'internal-error';

export interface Verdict {
  readonly entity: EntityName;
  readonly rule: RedactionRule;
  /** 0..1, by rule; an order, not a probability. */
  readonly confidence: number;
}

export interface JudgedRun {
  readonly run: DigitRun;
  readonly verdict: Verdict;
}

/** A value of words, or of words and digits: token indexes, `last` included. */
export interface FoundSpan extends Verdict {
  readonly first: number;
  readonly last: number;
}

/** Entities whose values hold no digits, or as many words as digits: a number near their cue is no part of them. */
export const WORD_ENTITIES: ReadonlySet<string> = new Set<EntityName>(['EMAIL', 'NAME', 'PROFANITY']);

/** Digits after which the value of a cue is complete. */
export const COMPLETE_DIGITS: Readonly<Record<EntityName, number>> = {
  CREDIT_CARD_NUMBER: 15,
  CVV: 3,
  PIN: 4,
  PASSWORD: 1,
  SSN: 9,
  EMAIL: 1,
  PHONE_NUMBER: 10,
  DOB: 6,
  BANK_ACCOUNT_NUMBER: 8,
  BANK_ROUTING: 9,
  CREDIT_CARD_EXPIRY: 3,
  DRIVER_ID: 6,
  PASSPORT_NUMBER: 8,
  ZIP: 5,
  ADDRESS: 1,
  NAME: 1,
  PROFANITY: 1,
};

/** Whether a number is as long as the whole value of an entity. */
export function fitsLength(entity: EntityName, digits: number): boolean {
  const [min, max] = LENGTHS[entity] ?? [0, -1];
  return digits >= min && digits <= max;
}

const LENGTHS: Readonly<Partial<Record<EntityName, readonly [min: number, max: number]>>> = {
  CREDIT_CARD_NUMBER: [12, 19],
  SSN: [9, 9],
  CVV: [3, 3],
  PIN: [4, 8],
  PHONE_NUMBER: [10, 11],
  BANK_ROUTING: [9, 9],
  BANK_ACCOUNT_NUMBER: [6, 17],
  CREDIT_CARD_EXPIRY: [3, 6],
  ZIP: [5, 5],
  DOB: [6, 8],
};
