import { msToSamples, PCM_BYTES_PER_SAMPLE, samplesToMs, type MediaHoles } from '@earshot/domain';
import { addHole, NO_HOLES } from './media-holes.ts';

/** A timestamp hole up to this long is a short block, not lost audio: the PCM stays contiguous (connect-media 1.1). */
const CONTIGUOUS_HOLE_MS_MAX = 120;
/** A hole up to this long is filled with silence, so that speech around it stays one utterance. */
const FILLED_HOLE_MS_MAX = 2000;
/** Anchors kept: enough for the longest segment, however often the clock was corrected within it. */
const ANCHORS_MAX = 256;
const NOTHING = new Uint8Array(0);

interface Anchor {
  readonly sample: number;
  /** By the media's clock, ms since the epoch. */
  readonly mediaMs: number;
}

/** What a timeline needs to go on in another process; JSON-safe. */
export interface TimelineSnapshot {
  readonly samples: number;
  readonly audioBytes: number;
  readonly anchor: Anchor | null;
  /** Where the last block ended by its own timestamp, ms since the epoch. */
  readonly blockEndMs: number | null;
  /** First half of a sample whose second half is in the next block. */
  readonly oddByte: number | null;
  /** Audio is known to be missing directly before the next block. */
  readonly isLossNext: boolean;
  readonly filled: MediaHoles;
  readonly gaps: MediaHoles;
}

export const EMPTY_TIMELINE: TimelineSnapshot = {
  samples: 0,
  audioBytes: 0,
  anchor: null,
  blockEndMs: null,
  oddByte: null,
  isLossNext: false,
  filled: NO_HOLES,
  gaps: NO_HOLES,
};

/** One block of a track as it came. */
export interface MediaBlock {
  /** Of its first sample, ms since the epoch by the media's clock. */
  readonly mediaMs: number;
  readonly pcm: Uint8Array;
  /** Audio is known to be missing directly before it: a hole of any length is a loss. */
  readonly afterLoss?: boolean;
}

/** What a block means for the contiguous PCM of its track. */
export interface Placement {
  /** Samples of silence that belong before the block. */
  readonly silenceSamples: number;
  /** The hole was too long to fill: open speech ends before the block. */
  readonly jumped: boolean;
  /** Whole samples that follow; half a sample waits for the next block. */
  readonly pcm: Uint8Array;
}

/**
 * Places one track's blocks on the media clock. Samples are counted contiguously, filled-in silence included;
 * anchors tie sample positions to media time.
 */
export class Timeline {
  #samples: number;
  #audioBytes: number;
  #blockEndMs: number | null;
  #oddByte: number | null;
  #isLossNext: boolean;
  #filled: MediaHoles;
  #gaps: MediaHoles;
  readonly #anchors: Anchor[] = [];

  constructor(snapshot: TimelineSnapshot = EMPTY_TIMELINE) {
    this.#samples = snapshot.samples;
    this.#audioBytes = snapshot.audioBytes;
    this.#blockEndMs = snapshot.blockEndMs;
    this.#oddByte = snapshot.oddByte;
    this.#isLossNext = snapshot.isLossNext;
    this.#filled = snapshot.filled;
    this.#gaps = snapshot.gaps;
    if (snapshot.anchor !== null) this.#anchors.push(snapshot.anchor);
  }

  /** Samples so far, silence included. */
  get samples(): number {
    return this.#samples;
  }

  /** PCM bytes received, silence not included. */
  get audioBytes(): number {
    return this.#audioBytes;
  }

  /** Holes filled with silence. */
  get filled(): MediaHoles {
    return this.#filled;
  }

  /** Holes too long to fill. */
  get gaps(): MediaHoles {
    return this.#gaps;
  }

  place({ mediaMs, pcm, afterLoss = this.#isLossNext }: MediaBlock): Placement {
    this.#isLossNext = false;
    // By the block before, not by the whole track: what overlapped once must not hide a hole for the rest of the call.
    // In whole ms, as blocks are timed: what a block lasts beyond that is no part of a hole.
    const holeMs = this.#blockEndMs === null ? 0 : Math.round(mediaMs - this.#blockEndMs);
    const lost = holeMs > (afterLoss ? 0 : CONTIGUOUS_HOLE_MS_MAX);
    const jumped = holeMs > FILLED_HOLE_MS_MAX;
    const silenceSamples = lost && !jumped ? msToSamples(holeMs) : 0;
    if (jumped) this.#gaps = addHole(this.#gaps, holeMs);
    else if (silenceSamples > 0) this.#filled = addHole(this.#filled, holeMs);
    this.#samples += silenceSamples;
    this.#anchor(mediaMs);
    // The second half of that sample was lost: joined to what follows it would turn all of it into noise.
    if (lost) this.#oddByte = null;
    this.#audioBytes += pcm.byteLength;
    this.#blockEndMs = mediaMs + samplesToMs(pcm.byteLength / PCM_BYTES_PER_SAMPLE);
    const whole = this.#wholeSamples(pcm);
    this.#samples += whole.byteLength / PCM_BYTES_PER_SAMPLE;
    return { silenceSamples, jumped, pcm: whole };
  }

  /** Media time of a sample position; positions before the oldest anchor are extrapolated from it. */
  mediaMsAt(sample: number): number {
    const anchor = this.#anchors.findLast((candidate) => candidate.sample <= sample) ?? this.#anchors[0];
    if (anchor === undefined) return 0;
    return anchor.mediaMs + samplesToMs(sample - anchor.sample);
  }

  /** The state right now: the next block may be placed by a timeline made from it. */
  snapshot(): TimelineSnapshot {
    return {
      samples: this.#samples,
      audioBytes: this.#audioBytes,
      anchor: this.#anchors.at(-1) ?? null,
      blockEndMs: this.#blockEndMs,
      oddByte: this.#oddByte,
      isLossNext: this.#isLossNext,
      filled: this.#filled,
      gaps: this.#gaps,
    };
  }

  /** Time never runs backwards: a block that claims to start before the one before it ended just follows it. */
  #anchor(mediaMs: number): void {
    const last = this.#anchors.at(-1);
    if (last !== undefined && mediaMs <= last.mediaMs + samplesToMs(this.#samples - last.sample)) return;
    this.#anchors.push({ sample: this.#samples, mediaMs });
    if (this.#anchors.length > ANCHORS_MAX) this.#anchors.shift();
  }

  /** A sample may be split between two blocks (odd sizes occur): the bytes stay in step. */
  #wholeSamples(pcm: Uint8Array): Uint8Array {
    let bytes = pcm;
    if (this.#oddByte !== null && pcm.byteLength > 0) {
      bytes = new Uint8Array(pcm.byteLength + 1);
      bytes[0] = this.#oddByte;
      bytes.set(pcm, 1);
      this.#oddByte = null;
    }
    if (bytes.byteLength % PCM_BYTES_PER_SAMPLE === 0) return bytes;
    this.#oddByte = bytes.at(-1) ?? null;
    return bytes.byteLength === 1 ? NOTHING : bytes.subarray(0, -1);
  }
}
