import type { CallMediaRequest } from './call-media.ts';
import type { NumberedHead } from './connection-aim.ts';

/** How far a call was read, by fragment number: BigInt, since a number of Kinesis has 47 digits and more. */
export class CallProgress {
  #fromNumber: bigint;
  #first: NumberedHead | undefined;
  #newestGiven: NumberedHead | undefined;
  #lastComplete: NumberedHead | undefined;
  #margin: NumberedHead | undefined;

  /** Grows with every complete fragment not seen before. */
  completeCount = 0;
  /** Grows with every fragment of the margin not seen before. */
  marginCount = 0;

  constructor(start: CallMediaRequest['start']) {
    this.#fromNumber = firstNumber(start);
  }

  /** The first fragment given. */
  get first(): NumberedHead | undefined {
    return this.#first;
  }

  /** The newest fragment of which something was given. */
  get newestGiven(): NumberedHead | undefined {
    return this.#newestGiven;
  }

  /** The newest fragment that needs no more reading. */
  get lastComplete(): NumberedHead | undefined {
    return this.#lastComplete;
  }

  /** The newest fragment read whole that stands before the first one wanted: a place to go on from. */
  get margin(): NumberedHead | undefined {
    return this.#margin;
  }

  /** Every fragment is wanted. */
  forgetNamedFragment(): void {
    this.#fromNumber = 0n;
    this.#margin = undefined;
  }

  /** Reading begins anew: what comes before the first fragment given belongs to the margin, never to the call. */
  connect(): void {
    if (this.#first !== undefined && this.#first.number > this.#fromNumber) {
      this.#fromNumber = this.#first.number;
    }
  }

  isMargin({ number }: NumberedHead): boolean {
    return number < this.#fromNumber;
  }

  /** Needs no reading. */
  isKnown(head: NumberedHead): boolean {
    return this.isMargin(head) || !isAfter(head, this.#lastComplete);
  }

  /** Something of it was given before. */
  isGiven(head: NumberedHead | undefined): boolean {
    return head !== undefined && head.number === this.#newestGiven?.number;
  }

  give(head: NumberedHead): void {
    this.#first ??= head;
    this.#newestGiven = head;
  }

  complete(head: NumberedHead): void {
    if (this.isMargin(head)) {
      if (!isAfter(head, this.#margin)) return;
      this.#margin = head;
      this.marginCount += 1;
    } else if (isAfter(head, this.#lastComplete)) {
      this.#lastComplete = head;
      this.completeCount += 1;
    }
  }
}

function isAfter({ number }: NumberedHead, other: NumberedHead | undefined): boolean {
  return other === undefined || number > other.number;
}

function firstNumber(start: CallMediaRequest['start']): bigint {
  if (start.type === 'resume') return BigInt(start.fromFragmentNumber);
  return start.selector.type === 'FRAGMENT_NUMBER' ? BigInt(start.selector.afterFragmentNumber) : 0n;
}
