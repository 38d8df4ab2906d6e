import { describe, expect, it } from 'vitest';
import { PcmSlab } from './pcm-slab.ts';

describe('PcmSlab', () => {
  it('gives copies that nothing changes later, of any size', () => {
    const slab = new PcmSlab();
    const sizes = [1024, 0, 20_000, 20_000, 100_000, 1];
    const frames = sizes.map((bytes, i) => new Uint8Array(bytes).fill(i + 1));
    const copies = frames.map((frame) => slab.copy(frame));
    for (const frame of frames) frame.fill(0xff);
    expect(copies.map(({ length }) => length)).toEqual(sizes);
    for (const [i, copy] of copies.entries()) expect(copy.every((byte) => byte === i + 1)).toBe(true);
  });
});
