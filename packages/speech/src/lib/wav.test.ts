import { describe, expect, it } from 'vitest';
import { pcmFromBytes } from './pcm.ts';
import { readWav, writeWav } from './wav.ts';

const left = Int16Array.of(0, 1, -1, 32_767, -32_768);
const right = Int16Array.of(5, 4, 3, 2, 1);

function changed(offset: number, value: number): Uint8Array {
  const bytes = writeWav({ sampleRateHz: 8000, pcm: [left] });
  new DataView(bytes.buffer).setUint16(offset, value, true);
  return bytes;
}

describe('readWav', () => {
  it.each([
    { given: 'mono', pcm: [left] },
    { given: 'stereo', pcm: [left, right] },
    { given: 'no samples', pcm: [new Int16Array(0)] },
  ])('reads back what writeWav wrote: $given', ({ pcm }) => {
    const bytes = writeWav({ sampleRateHz: 8000, pcm });
    expect(readWav(bytes)).toEqual({ sampleRateHz: 8000, channels: pcm.length, pcm });
  });

  it('passes over chunks it does not know, odd ones with their padding', () => {
    const bytes = writeWav({ sampleRateHz: 8000, pcm: [left] });
    const list = Uint8Array.of(...Buffer.from('LIST'), 3, 0, 0, 0, 1, 2, 3, 0);
    const withList = Uint8Array.of(...bytes.subarray(0, 36), ...list, ...bytes.subarray(36));
    expect(readWav(withList).pcm).toEqual([left]);
  });

  it('reads as far as a cut-off file goes', () => {
    const bytes = writeWav({ sampleRateHz: 8000, pcm: [left] });
    expect(readWav(bytes.subarray(0, -3)).pcm).toEqual([left.subarray(0, 3)]);
  });

  /** Codes and samples of the tables in ITU-T G.711, linear values at 16 bits. */
  const companded = [
    { law: 'A-law', tag: 6, codes: [0xd5, 0x55, 0xaa, 0x2a, 0x80], want: [8, -8, 32_256, -32_256, 5504] },
    { law: '8-bit PCM', tag: 1, codes: [128, 0, 255, 129, 127], want: [0, -32_768, 32_512, 256, -256] },
    { law: 'mu-law', tag: 7, codes: [0xff, 0x7f, 0x80, 0x00, 0xf0], want: [0, 0, 32_124, -32_124, 120] },
  ];
  it.each(companded)('expands $law, one byte a sample', ({ tag, codes, want }) => {
    const bytes = writeWav({ sampleRateHz: 8000, pcm: [new Int16Array(3)] });
    const view = new DataView(bytes.buffer);
    view.setUint16(20, tag, true);
    view.setUint16(34, 8, true);
    bytes.set([...codes, 0], 44);
    expect(readWav(bytes).pcm[0]?.subarray(0, codes.length)).toEqual(Int16Array.from(want));
  });

  it('tells the channels of companded stereo apart', () => {
    const bytes = writeWav({ sampleRateHz: 8000, pcm: [new Int16Array(2)] });
    const view = new DataView(bytes.buffer);
    view.setUint16(20, 7, true);
    view.setUint16(22, 2, true);
    view.setUint16(34, 8, true);
    bytes.set([0x80, 0x00, 0xff, 0x80], 44);
    expect(readWav(bytes).pcm).toEqual([Int16Array.of(32_124, 0), Int16Array.of(-32_124, 32_124)]);
  });

  it.each([
    { given: 'nothing', bytes: new Uint8Array(0), want: 'Cannot read WAV: no RIFF/WAVE header' },
    { given: 'floats', bytes: changed(20, 3), want: 'Cannot read WAV: format code 3, want 1 (linear PCM)' },
    { given: '16-bit mu-law', bytes: changed(20, 7), want: 'Cannot read WAV: 16 bits per sample, want 8' },
    { given: '24 bits', bytes: changed(34, 24), want: 'Cannot read WAV: 24 bits per sample, want 16 or 8' },
    { given: 'no channel', bytes: changed(22, 0), want: 'Cannot read WAV: 0 channels, want 1 to 16' },
    {
      given: 'a header alone',
      bytes: changed(0, 0x4952).subarray(0, 36),
      want: 'Cannot read WAV: no data chunk',
    },
  ])('refuses $given', ({ bytes, want }) => {
    expect(() => readWav(bytes)).toThrow(want);
  });
});

describe('writeWav', () => {
  it('refuses channels of different length', () => {
    expect(() => writeWav({ sampleRateHz: 8000, pcm: [left, left.subarray(1)] })).toThrow('differ in length');
  });
});

describe('pcmFromBytes', () => {
  it('reads little-endian samples at any alignment', () => {
    const bytes = Uint8Array.of(9, 0x34, 0x12, 0xff, 0xff);
    expect(pcmFromBytes(bytes.subarray(1))).toEqual(Int16Array.of(0x1234, -1));
  });

  it('refuses half a sample', () => {
    expect(() => pcmFromBytes(new Uint8Array(3))).toThrow('Cannot read PCM: 3 bytes is not a whole number');
  });
});
