import type { Clock } from '@earshot/domain';
import { blockEndMs, type Fragment, type FragmentBlock, type FragmentHead } from './fragment.ts';
import type { FragmentNumbers } from './fragment-numbers.ts';

/** Where the ContactId and the other tags of the producer stand in what readers get. */
export const IDENTITY_POSITIONS = ['leading', 'trailing', 'both'] as const;

export type IdentityPosition = (typeof IDENTITY_POSITIONS)[number];

export interface VideoStreamOptions {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  /** 0: only the service buffer, 5 minutes. */
  readonly retentionHours: number;
  readonly retentionBytesMax: number;
  readonly identity: IdentityPosition;
  readonly clock: Clock;
  readonly numbers: FragmentNumbers;
}

/** The one way into a fragment, for its producer. */
export interface FragmentWriter {
  readonly fragment: Fragment;
  readonly add: (block: FragmentBlock) => void;
  /** Its Cluster is over. */
  readonly end: () => void;
}

type GrowingFragment = { -readonly [Key in keyof Fragment]: Fragment[Key] } & { blocks: FragmentBlock[] };

const SERVICE_BUFFER_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const STREAM_VERSION = '1';

/** One stream: a bounded run of fragments, at most one producer, and readers that wait for more. */
export class VideoStream {
  readonly options: VideoStreamOptions;
  readonly version = STREAM_VERSION;
  /** Live GetMedia responses. */
  readerCount = 0;
  /** Live GetMediaForFragmentList responses. */
  archiveReaderCount = 0;
  /** GetMedia responses begun so far. */
  responseCount = 0;
  hasProducer = false;
  #isDeleted = false;
  readonly #fragments: GrowingFragment[] = [];
  readonly #watchers = new Set<() => void>();
  #nextOrdinal = 0;
  #bytes = 0;

  constructor(options: VideoStreamOptions) {
    this.options = options;
  }

  /** Ordinal that the next fragment to begin will get. */
  get nextOrdinal(): number {
    return this.#nextOrdinal;
  }

  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  /** Fragments still held, oldest first. */
  retained(): readonly Fragment[] {
    this.#evict();
    return this.#fragments;
  }

  newest(): Fragment | undefined {
    return this.#fragments.at(-1);
  }

  /** The fragment of that ordinal, or the oldest one held when it is gone; `undefined` when it has not begun. */
  fragmentFrom(ordinal: number): Fragment | undefined {
    const first = this.retained()[0];
    return first === undefined ? undefined : this.#fragments[Math.max(0, ordinal - first.ordinal)];
  }

  /** Begins a fragment; the caller is its only writer and calls `end` when its Cluster is over. */
  begin(head: FragmentHead): FragmentWriter {
    const { clock, numbers } = this.options;
    const serverTimestampMs = clock.now();
    const fragment: GrowingFragment = {
      ...head,
      ordinal: this.#nextOrdinal,
      number: numbers.next(serverTimestampMs),
      serverTimestampMs,
      blocks: [],
      bytes: 0,
      durationMs: 0,
      serverEndMs: undefined,
    };
    this.#nextOrdinal += 1;
    this.#fragments.push(fragment);
    this.#evict();
    this.#notify();
    return {
      fragment,
      add: (block) => this.#add(fragment, block),
      end: () => {
        fragment.serverEndMs = clock.now();
        this.#notify();
      },
    };
  }

  /** Ends readers and refuses more; the name may be used again. */
  delete(): void {
    this.#isDeleted = true;
    this.#notify();
  }

  /** Calls `onChange` whenever a fragment begins, grows or ends, until the function given back is called. */
  watch(onChange: () => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #add(fragment: GrowingFragment, block: FragmentBlock): void {
    fragment.blocks.push(block);
    fragment.bytes += block.payload.length;
    fragment.durationMs = Math.max(fragment.durationMs, blockEndMs(block));
    this.#bytes += block.payload.length;
    this.#evict();
    this.#notify();
  }

  /** Drops what is too old or too much, but never the newest fragment. */
  #evict(): void {
    const { retentionHours, retentionBytesMax, clock } = this.options;
    const keptMs = retentionHours === 0 ? SERVICE_BUFFER_MS : retentionHours * HOUR_MS;
    const oldestMs = clock.now() - keptMs;
    for (let first = this.#fragments[0]; first !== undefined; first = this.#fragments[0]) {
      const isTooOld = (first.serverEndMs ?? Number.POSITIVE_INFINITY) < oldestMs;
      const isTooMuch = this.#bytes > retentionBytesMax && this.#fragments.length > 1;
      if (!isTooOld && !isTooMuch) return;
      this.#bytes -= first.bytes;
      this.#fragments.shift();
    }
  }

  #notify(): void {
    for (const onChange of this.#watchers) onChange();
  }
}
