import { muxSimpleBlock } from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import { mediaBlocks } from './media-blocks.ts';

describe('mediaBlocks', () => {
  it.each([
    { given: 'blocks of Amazon Connect', sizes: [1024, 1024], trackNumber: 1 },
    { given: 'short and odd ones', sizes: [0, 1, 123, 125, 333], trackNumber: 126 },
    { given: 'one that takes a longer size', sizes: [1024, 20_000], trackNumber: 2 },
    { given: 'a track number of two bytes', sizes: [10], trackNumber: 127 },
  ])('means $given', ({ sizes, trackNumber }) => {
    const blocks = sizes.map((bytes, i) => ({
      trackNumber,
      relativeMs: i * 64.4 - 10,
      payload: new Uint8Array(bytes).fill(i),
    }));
    const payloads = blocks.map(({ payload, relativeMs }) => [payload, Math.round(relativeMs)] as const);
    const one = mediaBlocks(blocks);
    const each = blocks.map((block) => mediaBlocks([block]));
    expect(Buffer.concat(each).equals(one)).toBe(true);
    for (const [index, [payload, relativeTimestamp]] of payloads.entries()) {
      const plain = muxSimpleBlock({ trackNumber, relativeTimestamp, payload });
      expect(each[index]?.subarray(-payload.length - 4)).toEqual(
        Buffer.from(plain.subarray(-payload.length - 4)),
      );
    }
  });
});
