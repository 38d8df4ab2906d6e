import { describe, expect, it } from 'vitest';
import { readElementHeader } from './element-header.ts';

function read(...bytes: number[]): ReturnType<typeof readElementHeader> {
  return readElementHeader(Uint8Array.from(bytes), 0, bytes.length);
}

describe('readElementHeader', () => {
  const readable = [
    { name: 'one byte each', given: [0xa3, 0x84], want: { id: 0xa3, contentBytes: 4, headerBytes: 2 } },
    { name: 'an empty element', given: [0xec, 0x80], want: { id: 0xec, contentBytes: 0, headerBytes: 2 } },
    {
      name: 'a four-byte id',
      given: [0x1a, 0x45, 0xdf, 0xa3, 0x93],
      want: { id: 0x1a45dfa3, contentBytes: 0x13, headerBytes: 5 },
    },
    {
      name: 'a two-byte id whose value does not fit one byte',
      given: [0x40, 0x7f, 0x81],
      want: { id: 0x407f, contentBytes: 1, headerBytes: 3 },
    },
    {
      name: 'a size written longer than it need be',
      given: [0xa3, 0x01, 0, 0, 0, 0, 0, 0, 0x04],
      want: { id: 0xa3, contentBytes: 4, headerBytes: 9 },
    },
    {
      name: 'a size of 2^53 - 1',
      given: [0xa3, 0x01, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      want: { id: 0xa3, contentBytes: Number.MAX_SAFE_INTEGER, headerBytes: 9 },
    },
    {
      name: 'the unknown size in one byte',
      given: [0xa3, 0xff],
      want: { id: 0xa3, contentBytes: Infinity, headerBytes: 2 },
    },
    {
      name: 'the unknown size in eight bytes',
      given: [0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      want: { id: 0x1f43b675, contentBytes: Infinity, headerBytes: 12 },
    },
  ];
  it.each(readable)('reads $name', ({ given, want }) => {
    expect(read(...given)).toEqual(want);
  });

  it.each(readable)('asks for more at every cut of $name', ({ given }) => {
    for (let length = 0; length < given.length; length++) {
      expect(read(...given.slice(0, length))).toBe('more');
    }
  });

  it.each([
    { name: 'an id of 0', given: [0x80, 0x80] },
    { name: 'an id of ones only', given: [0xff, 0x80] },
    { name: 'a two-byte id of ones only', given: [0x7f, 0xff, 0x80] },
    { name: 'an id longer than it need be', given: [0x40, 0x23, 0x80] },
    { name: 'an id of more than four bytes', given: [0x08, 0x80] },
    { name: 'a first byte of 0', given: [0x00, 0x80] },
    { name: 'a size of more than eight bytes', given: [0xa3, 0x00] },
    { name: 'a size of 2^53', given: [0xa3, 0x01, 0x20, 0, 0, 0, 0, 0, 0] },
  ])('refuses $name', ({ given }) => {
    expect(read(...given)).toBe('invalid');
  });
});
