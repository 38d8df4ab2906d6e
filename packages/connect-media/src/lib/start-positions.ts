import type { StartSelector as KinesisStartSelector } from '@aws-sdk/client-kinesis-video-media';
import type { CallMediaStart } from './call-media.ts';
import type { FragmentHead } from './fragment-reader.ts';

export interface Position {
  readonly selector: KinesisStartSelector;
  /** Read only the first fragment's producer time: the selector itself begins behind the fragment wanted. */
  readonly isProbe: boolean;
}

/** Reading begins this long before a fragment that is wanted itself, and drops what came before it (architecture 9). */
const MARGIN_MS = 12_000;
/** A fragment just made may not be found at once. */
const TRIES_MAX = 3;

/** Where the next connection begins, and what to try when a place does not work. */
export class StartPositions {
  #candidates: readonly Position[];
  #index = 0;
  #tries = 0;
  /** The last complete fragment the candidates are made for. */
  #after: string | undefined;

  constructor(start: CallMediaStart) {
    this.#candidates = initialCandidates(start);
  }

  /** `lastComplete`: newest fragment that needs no more reading. */
  next(lastComplete: FragmentHead | undefined): Position {
    if (lastComplete !== undefined && lastComplete.fragmentNumber !== this.#after) {
      this.#after = lastComplete.fragmentNumber;
      this.#candidates = [after(this.#after), serverTime(lastComplete.serverTimestampMs), now()];
      this.#restart();
    }
    return this.#candidates[this.#index] ?? now();
  }

  /** The probe found the fragment behind the wanted one. */
  probed(producerTimestampMs: number): void {
    const rest = this.#candidates.slice(this.#index);
    const behind = rest.map((position) => ({ ...position, isProbe: false }));
    this.#candidates = [producerTime(producerTimestampMs - MARGIN_MS), ...behind];
    this.#restart();
  }

  /** The service refused the place. True when it was given up, false when it is tried again first. */
  refused(): boolean {
    this.#tries += 1;
    if (this.#tries < TRIES_MAX) return false;
    this.skip();
    return true;
  }

  /** Nothing came from there. */
  skip(): void {
    this.#tries = 0;
    this.#index = (this.#index + 1) % this.#candidates.length;
  }

  /** The connection ended in order before anything came: begin with the best place again. */
  restart(): void {
    if (this.#after === undefined) this.#restart();
  }

  #restart(): void {
    this.#tries = 0;
    this.#index = 0;
  }
}

function initialCandidates(start: CallMediaStart): readonly Position[] {
  if (start.type === 'resume') {
    const { fromFragmentNumber, fromProducerTimestampMs } = start;
    if (fromProducerTimestampMs === undefined) return [probe(fromFragmentNumber), now()];
    return [producerTime(fromProducerTimestampMs - MARGIN_MS), probe(fromFragmentNumber), now()];
  }
  const { selector, acceptedAtMs } = start;
  if (selector.type === 'NOW') return [serverTime(acceptedAtMs), now()];
  return [probe(selector.afterFragmentNumber), serverTime(acceptedAtMs - MARGIN_MS), now()];
}

function after(fragmentNumber: string): Position {
  const selector = { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: fragmentNumber } as const;
  return { selector, isProbe: false };
}

function probe(fragmentNumber: string): Position {
  return { ...after(fragmentNumber), isProbe: true };
}

function serverTime(timestampMs: number): Position {
  const selector = { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: new Date(timestampMs) } as const;
  return { selector, isProbe: false };
}

function producerTime(timestampMs: number): Position {
  const selector = {
    StartSelectorType: 'PRODUCER_TIMESTAMP',
    StartTimestamp: new Date(timestampMs),
  } as const;
  return { selector, isProbe: false };
}

function now(): Position {
  return { selector: { StartSelectorType: 'NOW' }, isProbe: false };
}
