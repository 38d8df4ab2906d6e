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

/** Digits after which the value of a cue is complete. */
export const COMPLETE_DIGITS: Readonly<Record<EntityName, number>> = {
  CREDIT_CARD_NUMBER: 15,
  CVV: 3,
  PIN: 4,
  PASSWORD: 1,
  SSN: 9,
  EMAIL: 1,
  PHONE_NUMBER: 10,
  DOB: 8,
  BANK_ACCOUNT_NUMBER: 8,
  BANK_ROUTING: 9,
  CREDIT_CARD_EXPIRY: 4,
  DRIVER_ID: 6,
  PASSPORT_NUMBER: 8,
  ZIP: 5,
  ADDRESS: 1,
  NAME: 1,
  PROFANITY: 1,
};
