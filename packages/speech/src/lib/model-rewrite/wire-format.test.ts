import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSpeechError } from '../speech-error.ts';
import { openMessage, readMessage, readVarint, varint, writeMessage } from './wire-format.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

/** Field 1 = varint 300, field 2 = "hi", field 3 = fixed32, field 4 = fixed64, field 500 = empty. */
const everyType = Uint8Array.from(
  Buffer.from('08ac02' + '12026869' + '1d01020304' + '210102030405060708' + 'a21f00', 'hex'),
);

describe('readMessage', () => {
  it('gives number, type and content of each field in order', () => {
    const { fields } = readMessage(everyType);
    expect(fields.map(({ number, wireType }) => [number, wireType])).toEqual([
      [1, 0],
      [2, 2],
      [3, 5],
      [4, 1],
      [500, 2],
    ]);
    expect(fields.map(({ content }) => content)).toEqual([
      Uint8Array.of(0xac, 0x02),
      Uint8Array.of(0x68, 0x69),
      Uint8Array.of(1, 2, 3, 4),
      Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      new Uint8Array(0),
    ]);
  });

  it.each([
    { given: 'a payload cut off', bytes: [0x12, 5, 1], want: '4 bytes past its message' },
    { given: 'a number cut off', bytes: [0x08, 0x80], want: 'is cut off' },
    {
      given: 'a number without end',
      bytes: Array.from({ length: 12 }, () => 0x80),
      want: 'longer than 10 bytes',
    },
    { given: 'a group', bytes: [0x0b], want: 'wire type 3' },
    {
      given: 'a length beyond 2^53',
      bytes: [0x12, ...Array.from({ length: 8 }, () => 0xff), 1],
      want: '2^53',
    },
  ])('refuses $given', ({ bytes, want }) => {
    expect(() => readMessage(Uint8Array.from(bytes))).toThrow(want);
  });

  it('fails on arbitrary bytes with its own error alone', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        readMessage(bytes);
        return true;
      } catch (error) {
        return isSpeechError(error, 'speech.model-corrupt');
      }
    });
    expect(fc.check(property).failed).toBe(false);
  });
});

describe('writeMessage', () => {
  it('writes back what was read, byte for byte', () => {
    expect(writeMessage(readMessage(everyType))).toEqual(everyType);
  });

  it('carries a change inside an opened message outwards, lengths too', () => {
    const outer = readMessage(Uint8Array.of(0x12, 2, 0x08, 1, 0x28, 7));
    const [inner] = outer.fields;
    if (inner === undefined) throw new Error('no field was read');
    openMessage(inner).fields.push({ number: 9, wireType: 2, content: new Uint8Array(200) });
    const written = writeMessage(outer);
    expect(written.subarray(0, 8)).toEqual(Uint8Array.of(0x12, 0xcd, 0x01, 0x08, 1, 0x4a, 0xc8, 0x01));
    expect(written.subarray(-2)).toEqual(Uint8Array.of(0x28, 7));
  });
});

describe('varint', () => {
  it('is read back as the number it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const bytes = varint(value);
        expect(readVarint(bytes, 0)).toEqual({ value, end: bytes.length });
      }),
    );
  });
});
