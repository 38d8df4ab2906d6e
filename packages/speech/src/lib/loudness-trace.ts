/** Media time of one frame. */
export const TRACE_FRAME_MS = 10;
/** Frames kept: the longest segment and the longest echo before it, and some. */
const FRAMES_KEPT = 2048;
const SAMPLES_PER_MS = 8;
const FRAME_SAMPLES = TRACE_FRAME_MS * SAMPLES_PER_MS;
const FULL_SCALE_SQUARED = 32_768 ** 2;
/** Digital silence, and times at which nothing was heard. */
const SILENT_DBFS = -90;

/** How loud one track was over its last 20 s of media, in frames of 10 ms. 16 KB. */
export class LoudnessTrace {
  readonly #energies = new Float32Array(FRAMES_KEPT);
  /** The low bits of the frame that stands in a place: times of a stream jump. */
  readonly #frames = new Uint32Array(FRAMES_KEPT);

  /** @param mediaMs media time of the first sample, ms since the epoch */
  hear(mediaMs: number, pcm: Int16Array): void {
    const first = Math.round(mediaMs * SAMPLES_PER_MS);
    for (let offset = 0; offset < pcm.length;) {
      const frame = Math.floor((first + offset) / FRAME_SAMPLES);
      const end = Math.min(pcm.length, (frame + 1) * FRAME_SAMPLES - first);
      let energy = 0;
      for (; offset < end; offset += 1) energy += (pcm[offset] ?? 0) ** 2;
      this.#add(frame, energy);
    }
  }

  /** dB below full scale, frame by frame; `SILENT_DBFS` where nothing was heard. */
  dbfsBetween(startMediaMs: number, endMediaMs: number): Float64Array {
    const first = Math.floor(startMediaMs / TRACE_FRAME_MS);
    const count = Math.min(FRAMES_KEPT, Math.ceil((endMediaMs - startMediaMs) / TRACE_FRAME_MS));
    return Float64Array.from({ length: Math.max(0, count) }, (_, index) => this.#dbfs(first + index));
  }

  #dbfs(frame: number): number {
    const place = frame % FRAMES_KEPT;
    const energy = this.#frames[place] === frame >>> 0 ? (this.#energies[place] ?? 0) : 0;
    return Math.max(SILENT_DBFS, 10 * Math.log10(energy / (FRAME_SAMPLES * FULL_SCALE_SQUARED)));
  }

  #add(frame: number, energy: number): void {
    const place = frame % FRAMES_KEPT;
    const before = this.#frames[place] === frame >>> 0 ? (this.#energies[place] ?? 0) : 0;
    this.#frames[place] = frame;
    this.#energies[place] = before + energy;
  }
}
