import { LACING_FLAGS, RESERVED_FLAGS, type BlockHeader } from './block-header.ts';

/** Larger blocks are not resumed at: to prove one takes all its bytes. */
const BLOCK_BYTES_MAX = 65_536;
/** Track number, timestamp, flags, and something to play. */
const BLOCK_BYTES_MIN = 5;

/** A place in a Cluster and the time it stands for, relative to that Cluster. */
interface Place {
  readonly offset: number;
  readonly ticks: number;
}

/**
 * What the blocks so far say of the next one: which tracks there are, how time goes on, how many bytes a tick takes.
 * After damage it tells a block of this Cluster from noise, and from a block of a later Cluster whose header was lost.
 */
export class BlockTrail {
  /** Of the document's Tracks; absent while those are not known. */
  trackNumbers: ReadonlySet<number> | undefined;
  /** False outside Clusters, and before a Cluster's Timestamp. */
  #isInCluster = false;
  /** The last sound block of the Cluster. */
  #last: Place | undefined;
  #beforeLast: Place | undefined;
  /** Of the last sound block of each track in the Cluster. */
  readonly #ticksByTrack = new Map<number, number>();
  /** The block from which bytes and ticks are counted. */
  #countedFrom: Place | undefined;
  #isBroken = false;
  /** Longest step of time between blocks that follow each other; 0 until there was one. */
  #stepTicks = 0;
  #ticksPerByte = 0;
  #contentBytesMax = 0;
  #lacing = 0;

  startCluster(): void {
    this.#isInCluster = true;
    this.#ticksByTrack.clear();
    this.#last = undefined;
    this.#beforeLast = undefined;
    this.#countedFrom = undefined;
    this.#isBroken = false;
  }

  endCluster(): void {
    this.#isInCluster = false;
  }

  /** A sound block that begins at `offset`. */
  note(offset: number, header: BlockHeader, contentBytes: number): void {
    const { timestampTicks: ticks, flags } = header;
    this.#ticksByTrack.set(header.trackNumber, ticks);
    const last = this.#last;
    if (last === undefined || this.#countedFrom === undefined || this.#isBroken) {
      this.#countedFrom = { offset, ticks };
      this.#isBroken = false;
    } else if (ticks > last.ticks) {
      const counted = this.#countedFrom;
      this.#ticksPerByte = (ticks - counted.ticks) / (offset - counted.offset);
      if (ticks - last.ticks > this.#stepTicks) this.#stepTicks = ticks - last.ticks;
    }
    if (contentBytes > this.#contentBytesMax) this.#contentBytesMax = contentBytes;
    this.#lacing = flags & LACING_FLAGS;
    this.#beforeLast = last;
    this.#last = { offset, ticks };
  }

  /** The block that begins at `offset` was none; does nothing unless it is the last. */
  retract(offset: number): void {
    if (this.#last?.offset === offset) this.#last = this.#beforeLast;
  }

  /** Bytes were lost: those that follow are no measure. */
  break(): void {
    this.#isBroken = true;
  }

  get hasBlock(): boolean {
    return this.#isInCluster && this.#last !== undefined;
  }

  /** True where enough is known to resume within the Cluster: without a sound block behind it, its Timestamp may be damage too. */
  get canResume(): boolean {
    return this.hasBlock && this.trackNumbers !== undefined && this.#ticksPerByte > 0;
  }

  /** Whether the block is earlier than the one before it on its track. */
  goesBack({ trackNumber, timestampTicks }: BlockHeader): boolean {
    return timestampTicks < (this.#ticksByTrack.get(trackNumber) ?? -Infinity);
  }

  /** Whether a block with this header may be the next of the Cluster. */
  follows({ trackNumber, timestampTicks, flags }: BlockHeader): boolean {
    if (!this.#isInCluster || (this.#last !== undefined && timestampTicks < this.#last.ticks)) return false;
    return (flags & RESERVED_FLAGS) === 0 && this.trackNumbers?.has(trackNumber) === true;
  }

  /**
   * Whether a block of this Cluster may begin at `offset`, with bytes lost, altered or put in before it.
   * The bytes passed over must not have taken more time than the timestamps say went by: then they hold the beginning of
   * another Cluster, to whose time the block belongs.
   */
  resumesAt(offset: number, header: BlockHeader, contentBytes: number): boolean {
    const last = this.#last;
    if (last === undefined || !this.follows(header)) return false;
    if ((header.flags & LACING_FLAGS) !== this.#lacing) return false;
    if (contentBytes < BLOCK_BYTES_MIN || contentBytes > this.#plausibleBytesMax) return false;
    const passedTicks = header.timestampTicks - last.ticks;
    return passedTicks >= (offset - last.offset) * this.#ticksPerByte - this.#stepTicks;
  }

  /** Whether `next` may directly follow the block `header`, both of them behind damage. */
  continues(header: BlockHeader, next: BlockHeader, contentBytes: number): boolean {
    const stepTicks = next.timestampTicks - header.timestampTicks;
    return (
      stepTicks >= 0 &&
      stepTicks <= this.#stepTicks &&
      (next.flags & (RESERVED_FLAGS | LACING_FLAGS)) === this.#lacing &&
      contentBytes >= BLOCK_BYTES_MIN &&
      contentBytes <= this.#plausibleBytesMax &&
      this.trackNumbers?.has(next.trackNumber) === true
    );
  }

  get #plausibleBytesMax(): number {
    return Math.min(BLOCK_BYTES_MAX, 2 * this.#contentBytesMax);
  }
}
