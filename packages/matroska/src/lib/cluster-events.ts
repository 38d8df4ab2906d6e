import type { BadBlock, Block } from './block.ts';
import { BlockTrail } from './block-trail.ts';
import { decodeFrames, type FrameDecoder, type FrameFault } from './content-encoding.ts';
import { elementName } from './element-id.ts';
import type { Verdict } from './element-sink.ts';
import { readSafeUnsigned } from './element-value.ts';
import type { EventQueue, Retracted } from './event-queue.ts';
import type { MatroskaProblemCode } from './matroska-error.ts';
import { elementProblem, type Extent } from './problem-report.ts';
import { TIMESTAMP_SCALE_NS_DEFAULT } from './segment-info.ts';

export interface BlockOptions {
  /** Of a block's decoded frames together. */
  readonly elementBytesMax: number;
  /** Hold each block until what follows proves where it ends. */
  readonly confirmBlocks: boolean;
}

/** `waiting` for its Timestamp; `refused` when a block came before it, since that block has no time. */
type ClusterTime = { state: 'waiting' } | { state: 'known'; ticks: number } | { state: 'refused' };

const NO_ENCODINGS: ReadonlyMap<number, FrameDecoder | string> = new Map();

const NO_TRACKS: ReadonlySet<number> = new Set();

/** Gives the blocks of one Cluster after another their tracks, times and frames. */
export class ClusterEvents {
  readonly trail = new BlockTrail();
  msPerTick = TIMESTAMP_SCALE_NS_DEFAULT / 1e6;
  /** What was done to the frames of tracks; a reason where it cannot be undone. */
  frameEncodings = NO_ENCODINGS;
  /** Time does not go back on these: that would be a Cluster whose header was lost. */
  audioTrackNumbers: ReadonlySet<number> = NO_TRACKS;
  readonly #events: EventQueue;
  readonly #options: BlockOptions;
  #time: ClusterTime = { state: 'waiting' };
  /** Since the last sound block. */
  #hasMetForeign = false;

  constructor(events: EventQueue, options: BlockOptions) {
    this.#events = events;
    this.#options = options;
  }

  openDocument(): void {
    this.msPerTick = TIMESTAMP_SCALE_NS_DEFAULT / 1e6;
    this.frameEncodings = NO_ENCODINGS;
    this.audioTrackNumbers = NO_TRACKS;
    this.trail.trackNumbers = undefined;
  }

  openCluster(): void {
    this.#time = { state: 'waiting' };
    this.#hasMetForeign = false;
  }

  closeCluster(): void {
    this.trail.endCluster();
    if (this.#time.state === 'known') this.#events.push({ type: 'clusterEnd' });
  }

  /** The held block or problem is part of the damage that follows. */
  retract(): Retracted | undefined {
    const retracted = this.#events.retract();
    if (retracted !== undefined) this.trail.retract(retracted.offset);
    return retracted;
  }

  /** An unknown element may be new, or noise that hides the end of the block before it: a held block is not given. */
  meetForeign(id: number): void {
    this.#hasMetForeign = true;
    const held = this.#options.confirmBlocks ? this.retract() : undefined;
    if (held === undefined) return;
    const message = held.message ?? `Cannot be sure of block: ${elementName(id)} follows it`;
    this.#events.pushHeld(
      { type: 'problem', code: 'matroska.damaged', offset: held.offset, message },
      held.offset,
      held.offset,
    );
  }

  timestamp(content: Uint8Array, at: Extent): Verdict {
    const ticks = readSafeUnsigned(content);
    if (ticks === undefined) return this.#refuse(at, 'it is longer than 8 bytes or exceeds limit 2^53 - 1');
    // A Cluster has one: this one belongs to another, whose header was lost.
    if (this.trail.hasBlock) return 'unconnected';
    if (this.#time.state !== 'waiting') return 'doubtful';
    this.#time = { state: 'known', ticks };
    this.trail.startCluster();
    this.#events.push({ type: 'clusterStart', timestamp: ticks, timestampMs: ticks * this.msPerTick });
    return 'sound';
  }

  block(block: Block | BadBlock, at: Extent): Verdict {
    if ('reason' in block) return this.#refuse(at, block.reason);
    const { header } = block;
    const { trackNumber } = header;
    if (this.trail.trackNumbers?.has(trackNumber) === false) {
      return this.#refuse(at, `track ${trackNumber} is not among the document's Tracks`);
    }
    const time = this.#time;
    if (time.state !== 'known') {
      this.#time = { state: 'refused' };
      if (time.state === 'refused') return 'doubtful';
      return this.#refuse(at, 'its Cluster has no Timestamp before it');
    }
    const blockBytes = at.endOffset - at.offset;
    if (this.#hasMetForeign && this.trail.canResume && !this.trail.resumesAt(at.offset, header, blockBytes)) {
      return 'unconnected';
    }
    if (
      this.#options.confirmBlocks &&
      this.audioTrackNumbers.has(trackNumber) &&
      this.trail.goesBack(header)
    ) {
      return 'unconnected';
    }
    this.#hasMetForeign = false;
    const frames = this.#decode(trackNumber, block.frames);
    if (frames === undefined) return 'sound';
    if ('fault' in frames) return this.#refuseFrame(at, frames);
    this.trail.note(at.offset, header, blockBytes);
    this.#give(block, frames, (time.ticks + header.timestampTicks) * this.msPerTick, at);
    return 'sound';
  }

  #give(block: Block, frames: readonly Uint8Array[], timestampMs: number, at: Extent): void {
    const { header, durationTicks, discardPaddingNs, keyframe } = block;
    const { trackNumber } = header;
    const event = { type: 'block', trackNumber, timestampMs, keyframe, frames } as const;
    const whole =
      durationTicks === undefined && discardPaddingNs === undefined
        ? event
        : {
            ...event,
            ...(durationTicks === undefined ? {} : { durationMs: durationTicks * this.msPerTick }),
            ...(discardPaddingNs === undefined ? {} : { discardPaddingNs }),
          };
    this.#events.confirm();
    if (this.#options.confirmBlocks) this.#events.pushHeld(whole, at.offset, at.endOffset);
    else this.#events.push(whole);
  }

  /** `undefined` for a track whose frames cannot be decoded at all, which was told with its Tracks. */
  #decode(track: number, stored: readonly Uint8Array[]): readonly Uint8Array[] | FrameFault | undefined {
    const encoding = this.frameEncodings.get(track);
    if (encoding === undefined) return stored;
    if (typeof encoding === 'string') return undefined;
    return decodeFrames(stored, encoding, this.#options.elementBytesMax);
  }

  #refuseFrame(at: Extent, { fault }: FrameFault): Verdict {
    if (fault === 'damaged') return this.#refuse(at, 'its frame cannot be inflated');
    const limit = `its decoded frames exceed limit ${this.#options.elementBytesMax} bytes`;
    return this.#refuse(at, limit, 'matroska.element-too-large');
  }

  #refuse(at: Extent, reason: string, code: MatroskaProblemCode = 'matroska.damaged'): Verdict {
    const problem = elementProblem(code, at, reason, at.endOffset - at.offset);
    this.#events.pushHeld({ type: 'problem', ...problem }, at.offset, at.endOffset);
    return 'doubtful';
  }
}
