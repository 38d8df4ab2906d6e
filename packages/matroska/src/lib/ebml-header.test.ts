import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { audioTrack } from '../testing/elements.ts';
import { readEbmlHeader } from './ebml-header.ts';
import { ElementId } from './element-id.ts';
import { muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement, muxMaster, muxText, muxUnsigned } from './mux-element.ts';

const field = (id: number, value: number): Uint8Array => muxUnsigned(id, value);

describe('readEbmlHeader', () => {
  it.each([
    { name: 'nothing', given: [], want: { sizeBytesMax: 8, doubts: [] } },
    {
      name: 'a size limit',
      given: [field(ElementId.EBMLMaxSizeLength, 4)],
      want: { sizeBytesMax: 4, doubts: [] },
    },
    {
      name: 'an empty size limit',
      given: [muxElement(ElementId.EBMLMaxSizeLength, new Uint8Array())],
      want: { sizeBytesMax: 8, doubts: [] },
    },
    {
      name: 'sizes this reader cannot read',
      given: [field(ElementId.EBMLMaxSizeLength, 9)],
      want: { sizeBytesMax: 8, doubts: ['EBMLMaxSizeLength is 9, not 1 to 8'] },
    },
    {
      name: 'ids this reader cannot read',
      given: [field(ElementId.EBMLMaxIDLength, 5)],
      want: { sizeBytesMax: 8, doubts: ['EBMLMaxIDLength is 5, not 4'] },
    },
    {
      name: 'another version of EBML',
      given: [field(ElementId.EBMLReadVersion, 2)],
      want: { sizeBytesMax: 8, doubts: ['EBMLReadVersion is 2, not 1'] },
    },
    {
      name: 'another DocType',
      given: [muxText(ElementId.DocType, 'other')],
      want: { sizeBytesMax: 8, doubts: ['DocType is "other", not matroska or webm'] },
    },
  ])('reads $name', ({ given, want }) => {
    expect(readEbmlHeader(concatBytes(given))).toEqual(want);
  });
});

describe('EBMLMaxSizeLength', () => {
  it('makes a longer size damage, for its own document alone', () => {
    const segment = (sizeBytes: number): Uint8Array =>
      Uint8Array.of(
        0x18,
        0x53,
        0x80,
        0x67,
        (0x100 >> sizeBytes) | ((0x80 >> (sizeBytes - 1)) - 1),
        ...new Uint8Array(sizeBytes - 1).fill(0xff),
      );
    const document = (limit: number, sizeBytes: number): Uint8Array =>
      concatBytes([
        muxMaster(ElementId.EBML, [
          field(ElementId.EBMLMaxSizeLength, limit),
          muxText(ElementId.DocType, 'webm'),
        ]),
        segment(sizeBytes),
        audioTrack(),
      ]);
    const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: new Uint8Array(9) });
    const events = readEvents(
      concatBytes([document(4, 4), document(4, 8), document(8, 8), muxClusterStart(0), block]),
    );
    const messages = new Set(eventsOfType(events, 'problem').map(({ message }) => message));
    expect([...messages]).toEqual([
      'Cannot read Segment: its size takes 8 bytes, more than EBMLMaxSizeLength 4',
    ]);
    expect(eventsOfType(events, 'block')).toHaveLength(1);
  });
});
