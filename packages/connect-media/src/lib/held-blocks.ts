import type { PlacedBlock } from './given-audio.ts';

/** Real fragments hold about 35 KB. */
const HELD_BYTES_MAX = 1024 * 1024;
const HELD_COUNT_MAX = 16_384;

/** Blocks that wait until their fragment tells its contact. */
export class HeldBlocks {
  #blocks: PlacedBlock[] = [];
  #bytes = 0;

  /** Why no more can wait, where that is so. */
  add(block: PlacedBlock): string | undefined {
    this.#blocks.push(block);
    this.#bytes += block.audio.pcm.length;
    if (this.#bytes > HELD_BYTES_MAX) {
      return `Cannot hold fragment: ${this.#bytes} bytes exceed limit ${HELD_BYTES_MAX} bytes`;
    }
    if (this.#blocks.length > HELD_COUNT_MAX) {
      return `Cannot hold fragment: ${this.#blocks.length} blocks exceed limit ${HELD_COUNT_MAX} blocks`;
    }
    return undefined;
  }

  take(): readonly PlacedBlock[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    this.#bytes = 0;
    return blocks;
  }
}
