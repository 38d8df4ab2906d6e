import type { CallMediaEvent } from './call-media.ts';

type Problem = Extract<CallMediaEvent, { type: 'problem' }>;

/** Different problems a call may tell; a stream worse than that has said enough. */
const PROBLEMS_MAX = 1000;

/** Says the same thing once a call, or once a place of it: streams repeat their faults, and fragments are read again. */
export class ProblemsOnce {
  readonly #told = new Set<string>();

  /** `place`: where a fault counts anew. */
  isNew({ code, message }: Problem, place = ''): boolean {
    const key = `${code} ${place} ${message}`;
    if (this.#told.has(key) || this.#told.size >= PROBLEMS_MAX) return false;
    this.#told.add(key);
    return true;
  }
}
