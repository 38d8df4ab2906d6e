import type { FaultKind } from './fault-catalogue.ts';

/** One strike of one fault. */
export interface FaultStrike {
  readonly atMs: number;
  readonly kind: FaultKind;
  /** Place of the fault in its plan, from 0. */
  readonly faultIndex: number;
  readonly operation: string;
  readonly fragmentNumber?: string;
  /** Of the fragment: as `FragmentSelection` counts. */
  readonly ordinal?: number;
  /** `cut`, `end`, `stall`: bytes of the body sent before. `damage`: where in the document it begins. */
  readonly atByte?: number;
  /** `damage`: bytes spoilt or left out. */
  readonly bytes?: number;
}

const STRIKES_MAX = 10_000;

/** What struck one stream, oldest first; beyond 10000 strikes the oldest are forgotten. */
export class FaultLog {
  readonly #strikes: FaultStrike[] = [];

  add(strike: FaultStrike): void {
    this.#strikes.push(strike);
    if (this.#strikes.length > STRIKES_MAX) this.#strikes.shift();
  }

  strikes(): readonly FaultStrike[] {
    return [...this.#strikes];
  }
}
