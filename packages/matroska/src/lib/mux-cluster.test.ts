import { describe, expect, it } from 'vitest';
import { muxBlockGroup, muxCluster, muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { muxElement, muxUnsigned } from './mux-element.ts';

const payload = Uint8Array.of(0xaa);

describe('muxClusterStart', () => {
  it('writes an unknown size of eight bytes, Timestamp and Position', () => {
    expect(Buffer.from(muxClusterStart(1_726_677_688_724)).toString('hex')).toBe(
      '1f43b67501ffffffffffffffe78601920602a194a78100',
    );
  });
});

describe('muxSimpleBlock', () => {
  it('writes track, relative timestamp and keyframe flag', () => {
    expect([...muxSimpleBlock({ trackNumber: 2, relativeTimestamp: -2, payload })]).toEqual([
      0xa3, 0x85, 0x82, 0xff, 0xfe, 0x80, 0xaa,
    ]);
    expect([...muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 64, keyframe: false, payload })]).toEqual([
      0xa3, 0x85, 0x81, 0x00, 0x40, 0x00, 0xaa,
    ]);
  });

  it.each([
    { trackNumber: 0, relativeTimestamp: 0 },
    { trackNumber: 1.5, relativeTimestamp: 0 },
    { trackNumber: 1, relativeTimestamp: 32_768 },
    { trackNumber: 1, relativeTimestamp: -32_769 },
    { trackNumber: 1, relativeTimestamp: 0.5 },
  ])('refuses track $trackNumber at $relativeTimestamp', (given) => {
    expect(() => muxSimpleBlock({ ...given, payload })).toThrow(
      expect.objectContaining({ code: 'matroska.invalid-argument' }),
    );
  });
});

describe('muxBlockGroup', () => {
  it('writes duration, and a reference when it is not a keyframe', () => {
    const group = muxBlockGroup({
      trackNumber: 1,
      relativeTimestamp: 0,
      durationTicks: 3,
      keyframe: false,
      payload,
    });
    expect([...group]).toEqual([
      0xa0, 0x8d, 0xa1, 0x85, 0x81, 0, 0, 0, 0xaa, 0x9b, 0x81, 3, 0xfb, 0x81, 0xff,
    ]);
  });
});

describe('muxCluster', () => {
  it('writes a SimpleBlock, or a BlockGroup for a block with a duration', () => {
    const blocks = [
      { trackNumber: 1, relativeTimestamp: 0, payload },
      { trackNumber: 1, relativeTimestamp: 1, durationTicks: 5, payload },
    ];
    expect(Buffer.from(muxCluster({ timestamp: 1, blocks })).toString('hex')).toBe(
      '1f43b67599e78101a78100' + 'a38581000080aa' + 'a08aa18581000100aa9b8105',
    );
  });
});

describe('muxElement', () => {
  it.each([
    { given: 126, want: '40bcfe' },
    { given: 127, want: '40bc407f' },
    { given: 16_382, want: '40bc7ffe' },
    { given: 16_383, want: '40bc203fff' },
  ])('writes the size of $given bytes in the shortest form that is not reserved', ({ given, want }) => {
    const element = muxElement(0x40bc, new Uint8Array(given));
    expect(Buffer.from(element.subarray(0, -given)).toString('hex')).toBe(want);
  });

  it('writes a size of eight bytes on demand', () => {
    const element = muxElement(0xec, new Uint8Array(2), 'known-8-bytes');
    expect(Buffer.from(element).toString('hex')).toBe('ec0100000000000002' + '0000');
  });
});

describe('muxUnsigned', () => {
  it.each([-1, 1.5, 2 ** 53, -1n, 2n ** 64n])('refuses %s', (value) => {
    expect(() => muxUnsigned(0xe7, value)).toThrow(
      expect.objectContaining({ code: 'matroska.invalid-argument' }),
    );
  });
});
