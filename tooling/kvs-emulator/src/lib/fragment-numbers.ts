const PREFIX = '9134385233';
const TIME_DIGITS = 14;
const COUNT_DIGITS = 23;

/** Gives fragment numbers of 47 digits that only grow, also over a restart and when the clock is set back. */
export class FragmentNumbers {
  #timeMs = 0;
  #count = 0;

  next(nowMs: number): string {
    this.#timeMs = Math.max(this.#timeMs, Math.floor(nowMs));
    this.#count += 1;
    const time = String(this.#timeMs).padStart(TIME_DIGITS, '0');
    return `${PREFIX}${time}${String(this.#count).padStart(COUNT_DIGITS, '0')}`;
  }
}
