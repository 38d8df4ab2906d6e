import { msToSamples, PCM_BYTES_PER_SAMPLE, samplesToMs } from '@earshot/domain';

/** A timestamp hole up to this long is a short block, not lost audio: the PCM stays contiguous (connect-media 1.1). */
export const CONTIGUOUS_HOLE_MS_MAX = 120;
/** A hole up to this long is filled with silence, so that speech around it stays one utterance. */
export const FILLED_HOLE_MS_MAX = 2000;
/** Anchors kept: enough for the longest segment, however often the clock was corrected within it. */
const ANCHORS_MAX = 256;

interface Anchor {
  readonly sample: number;
  /** By the media's clock, ms since the epoch. */
  readonly mediaMs: number;
}

/** What a timeline needs to go on in another process; JSON-safe. */
export interface TimelineSnapshot {
  readonly samples: number;
  readonly audioBytes: number;
  readonly filledSamples: number;
  readonly anchor: Anchor | null;
}

export const EMPTY_TIMELINE: TimelineSnapshot = { samples: 0, audioBytes: 0, filledSamples: 0, anchor: null };

/** What a block means for the contiguous PCM of its track. */
export interface Placement {
  /** Samples of silence that belong before the block. */
  readonly silenceSamples: number;
  /** The hole was too long to fill: open speech ends before the block. */
  readonly jumped: boolean;
}

/**
 * Places one track's blocks on the media clock. Samples are counted contiguously, filled-in silence included;
 * anchors tie sample positions to media time.
 */
export class Timeline {
  #samples: number;
  #audioBytes: number;
  #filledSamples: number;
  readonly #anchors: Anchor[] = [];

  constructor(snapshot: TimelineSnapshot = EMPTY_TIMELINE) {
    this.#samples = snapshot.samples;
    this.#audioBytes = snapshot.audioBytes;
    this.#filledSamples = snapshot.filledSamples;
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

  get filledSamples(): number {
    return this.#filledSamples;
  }

  /** Takes note of a block that starts at `mediaMs`. An odd last byte counts as received, but makes no sample. */
  place(mediaMs: number, pcmBytes: number): Placement {
    const last = this.#anchors.at(-1);
    const holeMs = last === undefined ? 0 : mediaMs - this.#mediaMsAfter(last, this.#samples);
    const filled = holeMs > CONTIGUOUS_HOLE_MS_MAX && holeMs <= FILLED_HOLE_MS_MAX;
    const silenceSamples = filled ? msToSamples(holeMs) : 0;
    this.#samples += silenceSamples;
    this.#filledSamples += silenceSamples;
    // Time never runs backwards: a block that claims to start before the previous one ended just follows it.
    if (last === undefined || holeMs > 0) this.#anchor({ sample: this.#samples, mediaMs });
    this.#samples += Math.floor(pcmBytes / PCM_BYTES_PER_SAMPLE);
    this.#audioBytes += pcmBytes;
    return { silenceSamples, jumped: holeMs > FILLED_HOLE_MS_MAX };
  }

  /** Media time of a sample position; positions before the oldest anchor are extrapolated from it. */
  mediaMsAt(sample: number): number {
    const anchor = this.#anchors.findLast((candidate) => candidate.sample <= sample) ?? this.#anchors[0];
    if (anchor === undefined) return 0;
    return this.#mediaMsAfter(anchor, sample);
  }

  /** The state right now: the next block may be placed by a timeline made from it. */
  snapshot(): TimelineSnapshot {
    const last = this.#anchors.at(-1);
    return {
      samples: this.#samples,
      audioBytes: this.#audioBytes,
      filledSamples: this.#filledSamples,
      anchor: last ?? null,
    };
  }

  #anchor(anchor: Anchor): void {
    this.#anchors.push(anchor);
    if (this.#anchors.length > ANCHORS_MAX) this.#anchors.shift();
  }

  #mediaMsAfter(anchor: Anchor, sample: number): number {
    return anchor.mediaMs + samplesToMs(sample - anchor.sample);
  }
}
