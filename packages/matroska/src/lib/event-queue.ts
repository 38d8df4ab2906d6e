import type { MatroskaEvent, ProblemReport } from './matroska-event.ts';

/** Events behind a held one; more would be a stream in which nothing is sound. */
const HELD_EVENTS_MAX = 64;
/** Events that were taken are let go when there are this many. */
const TAKEN_EVENTS_MAX = 32;

/** What was taken back: where it began, and what was already found wrong with it. */
export interface Retracted {
  readonly offset: number;
  readonly message: string | undefined;
}

/** Events in order. One may be held, and all behind it, until what follows in the stream proves it right. */
export class EventQueue {
  readonly #events: MatroskaEvent[] = [];
  #takenCount = 0;
  /** Index of the held event; -1 when none is. */
  #heldAt = -1;
  #heldOffset = 0;
  /** Of a held block; -1 for a held problem. */
  #heldEndOffset = -1;

  get isHolding(): boolean {
    return this.#heldAt >= 0;
  }

  /** Events in memory, some of them taken before. */
  get keptCount(): number {
    return this.#events.length;
  }

  /** False when `take` would certainly give nothing. */
  get hasEvents(): boolean {
    return this.#events.length > this.#takenCount;
  }

  push(event: MatroskaEvent): void {
    this.#events.push(event);
  }

  /** The event stands for the bytes from `offset` to `endOffset`. */
  pushHeld(event: MatroskaEvent, offset: number, endOffset: number): void {
    if (this.#heldAt >= 0 && this.#events.length - this.#heldAt >= HELD_EVENTS_MAX) this.#giveUpHeld();
    if (this.#heldAt < 0) {
      this.#heldAt = this.#events.length;
      this.#heldOffset = offset;
      this.#heldEndOffset = event.type === 'block' ? endOffset : -1;
    }
    this.#events.push(event);
  }

  confirm(): void {
    this.#heldAt = -1;
  }

  /** Nothing was written behind `end`: a block held that ends there is given. */
  confirmAtEnd(end: number): void {
    if (this.#heldAt >= 0 && this.#heldEndOffset === end) this.#heldAt = -1;
  }

  /** Removes the held event and the problems behind it, which are one stretch of damage with what follows. */
  retract(): Retracted | undefined {
    if (this.#heldAt < 0) return undefined;
    const held = this.#events.splice(this.#heldAt);
    this.#heldAt = -1;
    let first: ProblemReport | undefined;
    for (const [index, event] of held.entries()) {
      if (event.type === 'problem') first ??= event;
      else if (index > 0) this.#events.push(event);
    }
    return { offset: this.#heldOffset, message: first?.message };
  }

  /** The oldest event that may be taken. */
  take(): MatroskaEvent | undefined {
    if (this.#takenCount === this.#heldAt) {
      this.#letGo();
      return undefined;
    }
    const event = this.#events[this.#takenCount];
    this.#takenCount += 1;
    if (event === undefined) {
      this.#events.length = 0;
      this.#takenCount = 0;
    }
    return event;
  }

  /** With one event always held the queue is never empty. */
  #letGo(): void {
    if (this.#takenCount < TAKEN_EVENTS_MAX) return;
    this.#events.splice(0, this.#takenCount);
    this.#heldAt -= this.#takenCount;
    this.#takenCount = 0;
  }

  /** A block among nothing but damage is not given; the problems behind it tell of the place. */
  #giveUpHeld(): void {
    if (this.#events[this.#heldAt]?.type === 'block') this.#events.splice(this.#heldAt, 1);
    this.#heldAt = -1;
  }
}
