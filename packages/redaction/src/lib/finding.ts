import type { RedactionRule } from './verdict.ts';

/** A value that was masked. */
export interface Finding {
  /** An `EntityName`, the name of a custom rule, or `UNKNOWN` with rule `internal-error`, which masks the whole turn. */
  readonly entity: string;
  /** UTF-16 offsets into the turn as given; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly rule: RedactionRule;
  /** 0..1, by rule; an order, not a probability. */
  readonly confidence: number;
}
