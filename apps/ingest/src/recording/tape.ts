import { PCM_BYTES_PER_SAMPLE } from '@earshot/domain';

/** Audio of one side as it was placed on the media clock. */
export interface TapedBlock {
  /** Of its first sample, as the timeline counts. */
  readonly sample: number;
  /** The same by the clock of the session: samples since its zero. */
  readonly position: number;
  readonly pcm: Uint8Array;
}

/** One side's audio that is not stored yet; between its blocks there is silence. */
export class Tape {
  readonly #blocks: TapedBlock[] = [];
  #heldBytes = 0;
  #nextSample: number;
  #endPosition = 0;

  /** @param nextSample what the timeline counts for the first block that comes */
  constructor(nextSample: number) {
    this.#nextSample = nextSample;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** The timeline's count of the first sample that is held, or else of the next one that comes. */
  get firstSample(): number {
    return this.#blocks[0]?.sample ?? this.#nextSample;
  }

  /** Where the first block that is held begins. */
  get firstPosition(): number | undefined {
    return this.#blocks[0]?.position;
  }

  /** One past the last sample that came. */
  get endPosition(): number {
    return this.#endPosition;
  }

  /** Copies what of the block lies at or after `fromPosition`. */
  append({ sample, position, pcm }: TapedBlock, fromPosition: number): void {
    const sampleCount = pcm.byteLength / PCM_BYTES_PER_SAMPLE;
    this.#nextSample = sample + sampleCount;
    const skip = Math.max(0, fromPosition - position, this.#endPosition - position);
    if (skip >= sampleCount) return;
    this.#endPosition = position + sampleCount;
    const kept = pcm.slice(skip * PCM_BYTES_PER_SAMPLE);
    this.#blocks.push({ sample: sample + skip, position: position + skip, pcm: kept });
    this.#heldBytes += kept.byteLength;
  }

  /** What is held between two positions, with silence where nothing is. */
  read(fromPosition: number, toPosition: number): Uint8Array {
    const pcm = new Uint8Array((toPosition - fromPosition) * PCM_BYTES_PER_SAMPLE);
    for (const block of this.#blocks) {
      const from = Math.max(0, fromPosition - block.position);
      const to = Math.max(from, toPosition - block.position);
      const held = block.pcm.subarray(from * PCM_BYTES_PER_SAMPLE, to * PCM_BYTES_PER_SAMPLE);
      pcm.set(
        held,
        held.byteLength === 0 ? 0 : (block.position + from - fromPosition) * PCM_BYTES_PER_SAMPLE,
      );
    }
    return pcm;
  }

  dropBefore(position: number): void {
    let gone = 0;
    for (const block of this.#blocks) {
      const sampleCount = block.pcm.byteLength / PCM_BYTES_PER_SAMPLE;
      if (block.position + sampleCount > position) break;
      this.#heldBytes -= block.pcm.byteLength;
      gone += 1;
    }
    this.#blocks.splice(0, gone);
    const [first] = this.#blocks;
    const cut = first === undefined ? 0 : position - first.position;
    if (first === undefined || cut <= 0) return;
    const pcm = first.pcm.subarray(cut * PCM_BYTES_PER_SAMPLE);
    this.#heldBytes -= first.pcm.byteLength - pcm.byteLength;
    this.#blocks[0] = { sample: first.sample + cut, position, pcm };
  }
}
