import type { ByteQueue } from './byte-queue.ts';
import type { ElementSink } from './element-sink.ts';
import { SyncSearch } from './sync-search.ts';

interface Damage {
  readonly offset: number;
  readonly message: string;
  readonly search: SyncSearch;
  readonly isReported: boolean;
}

/**
 * Finds the way back after damage: to the next offset where a document, Segment, Cluster, Tags, Tracks or Info certainly
 * begins, or the next block of the open Cluster.
 */
export class Recovery {
  readonly #queue: ByteQueue;
  readonly #sink: ElementSink;
  #damage: Damage | undefined;
  #resumedAt = -1;
  #rewoundBytes = 0;

  constructor(queue: ByteQueue, sink: ElementSink) {
    this.#queue = queue;
    this.#sink = sink;
  }

  get isSearching(): boolean {
    return this.#damage !== undefined;
  }

  /** Where reading went on last; -1 before any damage. */
  get resumedAt(): number {
    return this.#resumedAt;
  }

  /** Nothing can be read at `offset`. What was read since the last sound element is searched too: its size may have lied. */
  start(offset: number, message: string): void {
    const { keptFrom } = this.#queue;
    let from = keptFrom < offset ? keptFrom + 1 : keptFrom;
    // Going back is paid for by bytes read, so that no input makes the work grow faster than its length.
    if (this.#rewoundBytes + (offset - from) > offset) from = Math.max(offset, keptFrom);
    from = Math.max(from, this.#resumedAt + 1);
    this.#rewoundBytes += Math.max(0, offset - from);
    this.startFrom(from, offset, message);
  }

  /** As `start`, but the search begins at `from`. */
  startFrom(from: number, offset: number, message: string): void {
    const retracted = this.#sink.retract();
    const search = this.#newSearch(from);
    this.#damage = {
      offset: retracted?.offset ?? offset,
      message: retracted?.message ?? message,
      search,
      isReported: false,
    };
  }

  /** Searches from `from` on for the end of what was already reported. */
  startSilently(from: number, offset: number): void {
    this.#damage = { offset, message: '', search: this.#newSearch(from), isReported: true };
  }

  /** Searches what has arrived before `limit`; true when reading can go on. */
  search(limit: number): boolean {
    if (this.#damage === undefined) return true;
    const found = this.#damage.search.run(limit);
    const reached = found ?? this.#damage.search.examinedTo;
    this.#queue.moveTo(reached);
    this.#queue.keepFrom(reached);
    if (found === undefined) return false;
    this.#resumedAt = found;
    this.#close(found);
    return true;
  }

  /** No byte will follow. */
  giveUp(): void {
    this.#close(this.#queue.end);
  }

  #newSearch(from: number): SyncSearch {
    const { trail } = this.#sink;
    const search = new SyncSearch(this.#queue, from, trail.canResume ? trail : undefined);
    trail.break();
    return search;
  }

  #close(readableFrom: number): void {
    if (this.#damage?.isReported === false) {
      const { offset, message } = this.#damage;
      const skippedBytes = Math.max(0, readableFrom - offset);
      this.#sink.problem({ code: 'matroska.damaged', offset, message, skippedBytes });
    }
    this.#damage = undefined;
  }
}
