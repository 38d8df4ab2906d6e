import { describe, expect, it } from 'vitest';
import { lacingOf, splitFrames, type Lacing } from './lacing.ts';

const frameSizes = (content: readonly number[], lacing: Lacing): number[] | undefined =>
  splitFrames(Uint8Array.from(content), lacing)?.map((frame) => frame.length);

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

describe('lacingOf', () => {
  it.each([
    { given: 0x80, want: 'none' },
    { given: 0x82, want: 'xiph' },
    { given: 0x04, want: 'fixed-size' },
    { given: 0x86, want: 'ebml' },
  ])('reads flags $given as $want', ({ given, want }) => {
    expect(lacingOf(given)).toBe(want);
  });
});

/** The examples of RFC 9559, section 10.3: three frames of 800, 500 and 1000 bytes. */
describe('splitFrames', () => {
  it('gives the whole content as one view without lacing', () => {
    const content = Uint8Array.of(1, 2, 3);
    expect(splitFrames(content, 'none')).toEqual([content]);
    expect(splitFrames(content, 'none')?.[0]?.buffer).toBe(content.buffer);
  });

  it('cuts Xiph lacing', () => {
    const head = [0x02, 0xff, 0xff, 0xff, 0x23, 0xff, 0xf5];
    expect(frameSizes([...head, ...zeros(2300)], 'xiph')).toEqual([800, 500, 1000]);
  });

  it('cuts EBML lacing with its signed differences', () => {
    const head = [0x02, 0x43, 0x20, 0x5e, 0xd3];
    expect(frameSizes([...head, ...zeros(2300)], 'ebml')).toEqual([800, 500, 1000]);
  });

  it('cuts fixed-size lacing', () => {
    expect(frameSizes([0x02, ...zeros(2400)], 'fixed-size')).toEqual([800, 800, 800]);
  });

  it('gives one frame when a lace holds one', () => {
    for (const lacing of ['xiph', 'ebml', 'fixed-size'] as const) {
      expect(frameSizes([0x00, 9, 9, 9], lacing)).toEqual([3]);
    }
  });

  it.each<{ name: string; given: number[]; lacing: Lacing }>([
    { name: 'no frame count', given: [], lacing: 'xiph' },
    { name: 'Xiph sizes that run out', given: [0x02, 0xff], lacing: 'xiph' },
    { name: 'Xiph sizes beyond the content', given: [0x01, 0x09, 1, 2], lacing: 'xiph' },
    { name: 'EBML sizes that run out', given: [0x02, 0x81], lacing: 'ebml' },
    { name: 'an EBML size below 0', given: [0x02, 0x81, 0x80, 1, 2, 3], lacing: 'ebml' },
    { name: 'EBML sizes beyond the content', given: [0x01, 0x89, 1, 2], lacing: 'ebml' },
    { name: 'a content that fixed sizes do not divide', given: [0x01, 1, 2, 3], lacing: 'fixed-size' },
  ])('refuses $name', ({ given, lacing }) => {
    expect(frameSizes(given, lacing)).toBeUndefined();
  });
});
