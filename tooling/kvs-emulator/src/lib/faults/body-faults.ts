import { setTimeout as delay } from 'node:timers/promises';
import { errorDocument } from '../connect-document.ts';
import type { MediaPart } from '../media-part.ts';
import type { StoredFragments } from '../stored-fragments.ts';
import type { BodyFault } from './fault.ts';
import type { ArmedFault } from './stream-faults.ts';

type ByteFault = Extract<BodyFault, { afterBytes: number }>;
type FragmentCountFault = Extract<BodyFault, { afterFragments: number }>;

/** Thrown to break the connection. */
class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

export interface FaultyBodyOptions {
  /** Fragments before it are repeated ones and do not count as sent, or a session could end for ever within them. */
  readonly askedOrdinal: number;
  readonly signal: AbortSignal;
}

/** One GetMedia body with its body faults; throws `ConnectionCut` for a broken connection, returns for an orderly end. */
export async function* faultyBody(
  parts: AsyncIterable<MediaPart>,
  stored: StoredFragments,
  options: FaultyBodyOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const body = new FaultyBody(stored, options);
  const ending = body.endingAfterFragments();
  if (ending !== undefined) {
    yield* ending;
    return;
  }
  for await (const part of parts) {
    if (stored.faults === undefined) {
      body.count(part);
      yield part.bytes;
      continue;
    }
    yield* body.pass(part);
    if (body.isOver) return;
  }
}

class FaultyBody {
  isOver = false;
  readonly #stored: StoredFragments;
  readonly #options: FaultyBodyOptions;
  readonly #stalled = new Set<ArmedFault<BodyFault>>();
  #bytes = 0;
  #fragments = 0;
  #hasChunkStrike = false;

  constructor(stored: StoredFragments, options: FaultyBodyOptions) {
    this.#stored = stored;
    this.#options = options;
  }

  /** A part that passes while there is no plan. */
  count(part: MediaPart): void {
    this.#bytes += part.bytes.length;
    this.#countFragment(part);
  }

  async *pass(part: MediaPart): AsyncGenerator<Uint8Array, void, undefined> {
    let { bytes } = part;
    for (let next = this.#nextByteFault(bytes.length); next !== undefined;) {
      const before = Math.max(0, next.fault.afterBytes - this.#bytes);
      yield* this.#send(bytes.subarray(0, before));
      bytes = bytes.subarray(before);
      await this.#strikeWithin(next, part);
      if (this.isOver) return;
      next = this.#nextByteFault(bytes.length);
    }
    yield* this.#send(bytes);
    if (this.#countFragment(part)) yield* this.endingAfterFragments() ?? [];
  }

  #countFragment({ isFragmentEnd, fragment }: MediaPart): boolean {
    const counts = isFragmentEnd && fragment.ordinal >= this.#options.askedOrdinal;
    if (counts) this.#fragments += 1;
    return counts;
  }

  /** What the body ends with here because so many whole fragments were sent; `undefined` when it goes on. */
  endingAfterFragments(): Uint8Array[] | undefined {
    const { faults, operation } = this.#stored;
    const armed = faults?.body.find((candidate): candidate is ArmedFault<FragmentCountFault> => {
      const { fault } = candidate;
      const counts = fault.kind === 'session-end' || fault.kind === 'error-document';
      return counts && fault.afterFragments <= this.#fragments && faults.isArmed(candidate);
    });
    if (armed === undefined) return undefined;
    faults?.strike(armed, { operation, atByte: this.#bytes });
    this.isOver = true;
    return armed.fault.kind === 'error-document' ? [errorDocument(armed.fault)] : [];
  }

  async #strikeWithin(armed: ArmedFault<ByteFault>, { fragment }: MediaPart): Promise<void> {
    const { faults, operation } = this.#stored;
    const { number: fragmentNumber, ordinal } = fragment;
    faults?.strike(armed, { operation, fragmentNumber, ordinal, atByte: this.#bytes });
    switch (armed.fault.kind) {
      case 'cut':
        throw new ConnectionCut(`Connection cut after ${this.#bytes} bytes`);
      case 'end':
        this.isOver = true;
        return;
      case 'stall':
        this.#stalled.add(armed);
        await delay(armed.fault.forMs, undefined, { signal: this.#options.signal });
    }
  }

  /** The first that is due before more than `bytes` bytes go out; a stall comes once a response. */
  #nextByteFault(bytes: number): ArmedFault<ByteFault> | undefined {
    const { faults } = this.#stored;
    if (faults === undefined) return undefined;
    const due = faults.body.filter((armed): armed is ArmedFault<ByteFault> => {
      const { fault } = armed;
      const isByteFault = fault.kind === 'cut' || fault.kind === 'end' || fault.kind === 'stall';
      const isDue = isByteFault && fault.afterBytes <= this.#bytes + bytes;
      return isDue && faults.isArmed(armed) && !this.#stalled.has(armed);
    });
    return due.toSorted((a, b) => a.fault.afterBytes - b.fault.afterBytes)[0];
  }

  *#send(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    if (bytes.length === 0) return;
    const piece = this.#pieceBytes() ?? bytes.length;
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    this.#bytes += bytes.length;
  }

  #pieceBytes(): number | undefined {
    const { faults, operation } = this.#stored;
    const armed = faults?.body.find(({ fault }) => fault.kind === 'chunks');
    if (armed?.fault.kind !== 'chunks') return undefined;
    if (!this.#hasChunkStrike) faults?.strike(armed, { operation });
    this.#hasChunkStrike = true;
    return armed.fault.bytes;
  }
}
