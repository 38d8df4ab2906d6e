import { PCM_BYTES_PER_MS, type FragmentBlock } from '../fragment.ts';

/** The same bytes in blocks of at most `bytesMax`, each at the time of its first sample, rounded to 1 ms. */
export function shortenBlocks(blocks: readonly FragmentBlock[], bytesMax: number): FragmentBlock[] {
  return blocks.flatMap((block) => {
    const { payload, relativeMs } = block;
    const pieces: FragmentBlock[] = [];
    for (let at = 0; at < Math.max(1, payload.length); at += bytesMax) {
      pieces.push({
        ...block,
        relativeMs: relativeMs + Math.round(at / PCM_BYTES_PER_MS),
        payload: payload.subarray(at, at + bytesMax),
      });
    }
    return pieces;
  });
}
