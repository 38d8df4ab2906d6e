import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { audioTrack, documentStart, withCrc32 } from '../testing/elements.ts';
import { CrcCheck } from './crc-check.ts';
import { ElementId } from './element-id.ts';
import { muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement, muxMaster, muxText, muxUnsigned, type MuxSize } from './mux-element.ts';
import { muxEbmlHeader } from './mux-header.ts';

const blocks = [0, 1, 2].map((relativeTimestamp) =>
  muxSimpleBlock({ trackNumber: 1, relativeTimestamp, payload: new Uint8Array(500).fill(relativeTimestamp) }),
);
const cluster = (size: MuxSize = 'known'): Uint8Array =>
  withCrc32(ElementId.Cluster, [muxUnsigned(ElementId.Timestamp, 7), ...blocks], size);
const simpleTag = [muxText(ElementId.TagName, 'a'), muxText(ElementId.TagString, 'b')];
const tags = withCrc32(ElementId.Tags, [
  muxMaster(ElementId.Tag, [withCrc32(ElementId.SimpleTag, simpleTag)]),
]);
const info = withCrc32(ElementId.Info, [muxUnsigned(ElementId.TimestampScale, 1_000_000)]);
const cues = withCrc32(ElementId.Cues, [muxElement(ElementId.Void, new Uint8Array(200_000))]);

/** The last byte of a master altered: its structure is sound, its data is not. */
function spoilt(master: Uint8Array): Uint8Array {
  const copy = master.slice();
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}

const mismatches = (bytes: Uint8Array, chunkBytes: number): string[] =>
  eventsOfType(readEvents(bytes, { verifyCrc32: true, chunkBytes }), 'problem').map(
    ({ code, message }) => `${code}: ${message}`,
  );
const mismatch = (name: string): string[] => [
  `matroska.crc-mismatch: Cannot trust ${name}: its data does not match its CRC-32`,
];

describe('Demuxer with verifyCrc32', () => {
  it.each([
    { name: 'Cluster', given: cluster(), want: mismatch('Cluster') },
    { name: 'Cluster with a size of 8 bytes', given: cluster('known-8-bytes'), want: mismatch('Cluster') },
    { name: 'Info', given: info, want: mismatch('Info') },
    { name: 'Cues, which are passed over', given: cues, want: mismatch('Cues') },
    {
      name: 'SimpleTag in Tags, both of which have one',
      given: tags,
      want: [...mismatch('SimpleTag in Tag'), ...mismatch('Tags')],
    },
  ])('accepts a $name that matches, and reports one that does not', ({ given, want }) => {
    for (const chunkBytes of [1, 7, 1400, Infinity]) {
      const before = concatBytes([documentStart, audioTrack()]);
      expect(mismatches(concatBytes([before, given]), chunkBytes)).toEqual([]);
      expect(mismatches(concatBytes([before, spoilt(given)]), chunkBytes).toSorted()).toEqual(
        want.toSorted(),
      );
    }
  });

  it('verifies a Segment and the Cluster in it', () => {
    const document = (...children: Uint8Array[]): Uint8Array =>
      concatBytes([muxEbmlHeader('matroska'), withCrc32(ElementId.Segment, children)]);
    expect(mismatches(document(audioTrack(), cluster()), 100)).toEqual([]);
    expect(mismatches(spoilt(document(audioTrack(), cluster())), 100)).toEqual([
      ...mismatch('Cluster'),
      ...mismatch('Segment'),
    ]);
  });

  it('gives all blocks of a Cluster that does not match, and says so at its end', () => {
    const bytes = concatBytes([documentStart, audioTrack(), spoilt(cluster()), tags]);
    const types = readEvents(bytes, { verifyCrc32: true }).map(({ type }) => type);
    expect(types.filter((type) => type === 'block')).toHaveLength(3);
    expect(types.indexOf('problem')).toBeGreaterThan(types.lastIndexOf('block'));
  });

  it('verifies nothing of unknown size, nothing without CRC-32, and nothing unless asked', () => {
    const unknown = spoilt(cluster('unknown'));
    expect(mismatches(concatBytes([documentStart, audioTrack(), unknown]), 100)).toEqual([]);
    const known = concatBytes([documentStart, audioTrack(), spoilt(cluster())]);
    expect(eventsOfType(readEvents(known), 'problem')).toEqual([]);
  });

  it('takes a CRC-32 behind another child for no CRC-32', () => {
    const crc = muxElement(ElementId.CRC32, new Uint8Array(4));
    const bytes = muxMaster(ElementId.Info, [muxUnsigned(ElementId.TimestampScale, 1_000_000), crc]);
    expect(mismatches(concatBytes([documentStart, bytes]), 100)).toEqual([]);
  });

  it('throws under strict', () => {
    const bytes = concatBytes([documentStart, spoilt(info)]);
    expect(() => readEvents(bytes, { verifyCrc32: true, strict: true })).toThrow(
      expect.objectContaining({ code: 'matroska.crc-mismatch' }),
    );
  });
});

describe('CrcCheck', () => {
  it.each([
    { name: 'nothing', given: [], want: 'none' },
    { name: 'a CRC-32 cut short', given: [0xbf, 0x84, 1, 2], want: 'none' },
    { name: 'a CRC-32 of no data', given: [0xbf, 0x84, 0, 0, 0, 0], want: 'match' },
    // CRC-32 of "123456789" is 0xcbf43926, whatever the implementation.
    {
      name: 'the check value',
      given: [0xbf, 0x84, 0x26, 0x39, 0xf4, 0xcb, ...Buffer.from('123456789')],
      want: 'match',
    },
    {
      name: 'a size of 8 bytes',
      given: [0xbf, 1, 0, 0, 0, 0, 0, 0, 4, 0x26, 0x39, 0xf4, 0xcb, ...Buffer.from('123456789')],
      want: 'match',
    },
    {
      name: 'big-endian',
      given: [0xbf, 0x84, 0xcb, 0xf4, 0x39, 0x26, ...Buffer.from('123456789')],
      want: 'mismatch',
    },
  ])('says $want for $name, in one piece and byte by byte', ({ given, want }) => {
    const whole = new CrcCheck();
    whole.feed(Uint8Array.from(given));
    expect(whole.verdict()).toBe(want);
    const pieces = new CrcCheck();
    for (const byte of given) pieces.feed(Uint8Array.of(byte));
    expect(pieces.verdict()).toBe(want);
  });
});
