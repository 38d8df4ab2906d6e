import type { CallMediaEvent } from './call-media.ts';

type Problem = Extract<CallMediaEvent, { type: 'problem' }>;

/** Different problems a call may tell; a stream worse than that has said enough. */
const PROBLEMS_MAX = 1000;

/** Says the same thing once a call: every fragment of a stream repeats its faults. */
export class ProblemsOnce {
  readonly #told = new Set<string>();

  *tell(problem: Problem): Generator<Problem, void, undefined> {
    const key = `${problem.code} ${problem.message}`;
    if (this.#told.has(key) || this.#told.size >= PROBLEMS_MAX) return;
    this.#told.add(key);
    yield problem;
  }
}
