import type { StartSelector as KinesisStartSelector } from '@aws-sdk/client-kinesis-video-media';
import type { CallMediaStart } from './call-media.ts';
import type { NumberedHead } from './connection-aim.ts';

export interface Position {
  readonly selector: KinesisStartSelector;
  /** Read only the first fragment's producer time: the selector itself begins behind the fragment wanted. */
  readonly isProbe?: true;
  /** Of no use when the first fragment has a higher number: the wanted one is older than the place. */
  readonly reach?: bigint;
  /** The wanted fragment was made before that server time. */
  readonly reachBeforeMs?: number;
  /** A fragment before the wanted one is known to have come. */
  readonly isReached?: true;
}

/** How far a call was read. */
export interface Progress {
  /** The newest fragment that needs no more reading. */
  readonly lastComplete?: NumberedHead | undefined;
  /** The newest fragment of which something was given. */
  readonly newestGiven?: NumberedHead | undefined;
  /** The newest fragment read whole that stands before the first one wanted. */
  readonly margin?: NumberedHead | undefined;
}

/** The archive is asked where a fragment stands. */
export interface Lookup {
  readonly fragmentNumber: string;
  /** A server time the fragment is older than, ms since the epoch. */
  readonly beforeMs: number;
}

export type NextStep =
  | { readonly type: 'read'; readonly position: Position }
  | { readonly type: 'lookup'; readonly lookup: Lookup };

/** Reading begins this long before a fragment that is wanted itself, and drops what came before it (architecture 9). */
const MARGIN_MS = 12_000;
/** A fragment just made may not be found at once. */
const TRIES_MAX = 3;

/** Where the next connection begins, and what to try when a place does not work. */
export class StartPositions {
  readonly #start: CallMediaStart;
  #candidates: readonly NextStep[];
  #index = 0;
  #tries = 0;
  /** The fragment the candidates are made for. */
  #for: string | undefined;

  constructor(start: CallMediaStart) {
    this.#start = start;
    this.#candidates = initialCandidates(start);
  }

  next({ lastComplete, newestGiven, margin }: Progress): NextStep {
    if (lastComplete !== undefined) {
      const { fragmentNumber, serverTimestampMs } = lastComplete;
      this.#useFor(`after ${fragmentNumber}`, [after(fragmentNumber), serverTime(serverTimestampMs), now()]);
    } else if (newestGiven !== undefined || margin !== undefined) {
      const name = `${margin?.fragmentNumber ?? ''} to ${newestGiven?.fragmentNumber ?? ''}`;
      const places = newestGiven === undefined ? initialCandidates(this.#start) : placesOf(newestGiven);
      this.#useFor(name, margin === undefined ? places : [behindMargin(margin, this.#start), ...places]);
    }
    return this.#candidates[this.#index] ?? now();
  }

  /** The probe found the fragment behind the wanted one. */
  probed({ producerTimestampMs }: NumberedHead): void {
    const lookups = this.#candidates.slice(this.#index + 1).filter(({ type }) => type === 'lookup');
    const place = producerTimestampMs - MARGIN_MS;
    const best = producerTime(place, wantedNumber(this.#start));
    this.#candidates = [best, ...lookups, producerTime(place), now()];
    this.#restart();
  }

  /** The archive knows a fragment shortly before the wanted one, or does not. */
  found(predecessor: string | undefined): void {
    if (predecessor === undefined) return this.skip();
    this.#candidates = [after(predecessor), ...this.#candidates.slice(this.#index + 1)];
    this.#restart();
  }

  /** The service refused the place. True when it was given up, false when it is tried again first. */
  refused(): boolean {
    this.#tries += 1;
    if (this.#tries < TRIES_MAX) return false;
    this.skip();
    // What GetMedia does not know any more, the archive does not know either.
    if (this.#candidates[this.#index]?.type === 'lookup') this.skip();
    return true;
  }

  /** Nothing came from there, or nothing old enough. */
  skip(): void {
    this.#tries = 0;
    this.#index = (this.#index + 1) % this.#candidates.length;
  }

  /** The connection was lost before anything came: begin with the best place again, unless it was of no use. */
  restart({ reach }: Position): void {
    if (reach !== undefined) this.skip();
    else if (this.#for === undefined) this.#restart();
  }

  #useFor(name: string, candidates: readonly NextStep[]): void {
    if (this.#for === name) return;
    this.#for = name;
    this.#candidates = candidates;
    this.#restart();
  }

  #restart(): void {
    this.#tries = 0;
    this.#index = 0;
  }
}

function initialCandidates(start: CallMediaStart): readonly NextStep[] {
  if (start.type === 'resume') {
    const { fromFragmentNumber, fromProducerTimestampMs } = start;
    if (fromProducerTimestampMs === undefined) return [probe(fromFragmentNumber), now()];
    const place = fromProducerTimestampMs - MARGIN_MS;
    const reach = BigInt(fromFragmentNumber);
    return [producerTime(place, reach), probe(fromFragmentNumber), producerTime(place), now()];
  }
  const { acceptedAtMs } = start;
  if (start.selector.type === 'NOW') return [serverTime(acceptedAtMs), now()];
  const { afterFragmentNumber } = start.selector;
  const place = acceptedAtMs - MARGIN_MS;
  const selector = { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: new Date(place) } as const;
  const direct = { selector, reach: BigInt(afterFragmentNumber), reachBeforeMs: acceptedAtMs };
  const lookup = { fragmentNumber: afterFragmentNumber, beforeMs: acceptedAtMs };
  return [
    { type: 'read', position: direct },
    probe(afterFragmentNumber),
    { type: 'lookup', lookup },
    serverTime(place),
    now(),
  ];
}

/** A fragment that broke off, and nothing whole before it. */
function placesOf({ number, producerTimestampMs, serverTimestampMs }: NumberedHead): readonly NextStep[] {
  return [producerTime(producerTimestampMs - MARGIN_MS, number), serverTime(serverTimestampMs), now()];
}

/** Connections that are lost within the margin still get on. */
function behindMargin({ fragmentNumber }: NumberedHead, start: CallMediaStart): NextStep {
  const selector = { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: fragmentNumber } as const;
  const reach = wantedNumber(start);
  if (reach === undefined || start.type === 'resume') return after(fragmentNumber);
  const aim = { reach, reachBeforeMs: start.acceptedAtMs, isReached: true } as const;
  return { type: 'read', position: { selector, ...aim } };
}

function wantedNumber(start: CallMediaStart): bigint | undefined {
  if (start.type === 'resume') return undefined;
  return start.selector.type === 'NOW' ? undefined : BigInt(start.selector.afterFragmentNumber);
}

function read(selector: KinesisStartSelector, reach?: bigint): NextStep {
  return { type: 'read', position: { selector, ...(reach === undefined ? {} : { reach }) } };
}

function after(fragmentNumber: string): NextStep {
  return read({ StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: fragmentNumber });
}

function probe(fragmentNumber: string): NextStep {
  const selector = { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: fragmentNumber } as const;
  return { type: 'read', position: { selector, isProbe: true } };
}

function serverTime(timestampMs: number): NextStep {
  return read({ StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: new Date(timestampMs) });
}

function producerTime(timestampMs: number, reach?: bigint): NextStep {
  return read({ StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: new Date(timestampMs) }, reach);
}

function now(): NextStep {
  return read({ StartSelectorType: 'NOW' });
}
