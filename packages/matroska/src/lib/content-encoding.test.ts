import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { audioTrack, documentStart } from '../testing/elements.ts';
import { ElementId } from './element-id.ts';
import type { MatroskaEvent } from './matroska-event.ts';
import { muxBlockGroup, muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement, muxMaster, muxUnsigned } from './mux-element.ts';

interface Encoding {
  readonly order?: number;
  readonly scope?: number;
  readonly algorithm?: number;
  readonly settings?: Uint8Array;
}

function encoding({ order, scope, algorithm, settings }: Encoding): Uint8Array {
  const field = (id: number, value: number | undefined): Uint8Array[] =>
    value === undefined ? [] : [muxUnsigned(id, value)];
  return muxMaster(ElementId.ContentEncoding, [
    ...field(ElementId.ContentEncodingOrder, order),
    ...field(ElementId.ContentEncodingScope, scope),
    muxMaster(ElementId.ContentCompression, [
      ...field(ElementId.ContentCompAlgo, algorithm),
      ...(settings === undefined ? [] : [muxElement(ElementId.ContentCompSettings, settings)]),
    ]),
  ]);
}

const HEADER_STRIPPING = 3;
const stripping = (settings: Uint8Array, more: Encoding = {}): Uint8Array =>
  encoding({ algorithm: HEADER_STRIPPING, settings, ...more });
const encodings = (...given: Uint8Array[]): Uint8Array => muxMaster(ElementId.ContentEncodings, given);
const plain = Uint8Array.from({ length: 900 }, (_, index) => index % 7);
const zlib = (bytes: Uint8Array): Uint8Array => new Uint8Array(deflateSync(bytes));

function readBlock(track: Uint8Array, payload: Uint8Array, elementBytesMax = 100_000): MatroskaEvent[] {
  const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload });
  const bytes = concatBytes([documentStart, audioTrack(track), muxClusterStart(0), block]);
  return readEvents(bytes, { elementBytesMax, chunkBytes: 100 });
}

const framesOf = (events: readonly MatroskaEvent[]): (readonly Uint8Array[])[] =>
  eventsOfType(events, 'block').map(({ frames }) => frames);
const problemsOf = (events: readonly MatroskaEvent[]): string[] =>
  eventsOfType(events, 'problem').map(({ code, message }) => `${code}: ${message}`);

describe('ContentEncodings', () => {
  it.each([
    { name: 'none at all', track: encodings(), payload: plain },
    {
      name: 'header stripping',
      track: encodings(stripping(plain.subarray(0, 5))),
      payload: plain.subarray(5),
    },
    { name: 'header stripping of nothing', track: encodings(stripping(new Uint8Array())), payload: plain },
    { name: 'zlib', track: encodings(encoding({ algorithm: 0 })), payload: zlib(plain) },
    { name: 'zlib by default', track: encodings(encoding({})), payload: zlib(plain) },
    {
      name: 'an encoding of CodecPrivate alone',
      track: encodings(encoding({ algorithm: 0, scope: 2 })),
      payload: plain,
    },
    {
      name: 'stripping first, then zlib, listed the other way round',
      track: encodings(encoding({ algorithm: 0, order: 1 }), stripping(plain.subarray(0, 9), { order: 0 })),
      payload: zlib(plain.subarray(9)),
    },
    {
      name: 'zlib first, then stripping',
      track: encodings(
        encoding({ algorithm: 0, order: 0 }),
        stripping(zlib(plain).subarray(0, 4), { order: 1 }),
      ),
      payload: zlib(plain).subarray(4),
    },
  ])('gives frames as they were before $name', ({ track, payload }) => {
    const events = readBlock(track, payload);
    expect(problemsOf(events)).toEqual([]);
    expect(framesOf(events)).toEqual([[plain]]);
  });

  it('undoes header stripping in each frame of a lace, and in a BlockGroup', () => {
    const track = audioTrack(encodings(stripping(Uint8Array.of(1, 2))));
    const laced = Uint8Array.of(0x81, 0, 0, 0x84, 1, 7, 8);
    const bytes = concatBytes([
      documentStart,
      track,
      muxClusterStart(0),
      muxElement(ElementId.SimpleBlock, laced),
      muxBlockGroup({ trackNumber: 1, relativeTimestamp: 0, payload: Uint8Array.of(9), durationTicks: 1 }),
    ]);
    expect(framesOf(readEvents(bytes))).toEqual([
      [Uint8Array.of(1, 2, 7), Uint8Array.of(1, 2, 8)],
      [Uint8Array.of(1, 2, 9)],
    ]);
  });

  it('undoes the encoding of CodecPrivate', () => {
    const scope = 2;
    const entry = [
      muxElement(ElementId.CodecPrivate, zlib(plain)),
      encodings(encoding({ algorithm: 0, scope })),
    ];
    const events = readEvents(concatBytes([documentStart, audioTrack(...entry)]));
    expect(eventsOfType(events, 'track')[0]?.track.codecPrivate).toEqual(plain);
  });

  it.each([
    { name: 'bzlib', track: encodings(encoding({ algorithm: 1 })), want: 'compression algorithm 1' },
    { name: 'lzo1x', track: encodings(encoding({ algorithm: 2 })), want: 'compression algorithm 2' },
    {
      name: 'encryption',
      track: encodings(muxMaster(ElementId.ContentEncoding, [muxUnsigned(ElementId.ContentEncodingType, 1)])),
      want: 'encrypted',
    },
    {
      name: 'a child that overruns',
      track: muxElement(ElementId.ContentEncodings, Uint8Array.of(0x62, 0x40, 0x90)),
      want: 'malformed',
    },
  ])('says once that it cannot undo $name, and gives no block of the track', ({ track, want }) => {
    const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: plain });
    const bytes = concatBytes([documentStart, audioTrack(track), muxClusterStart(0), block, block, block]);
    const events = readEvents(bytes);
    expect(framesOf(events)).toEqual([]);
    expect(problemsOf(events)).toEqual([expect.stringContaining(want)]);
    expect(eventsOfType(events, 'problem')[0]?.code).toBe('matroska.unsupported');
  });

  it.each([
    {
      name: 'is not zlib',
      payload: plain,
      want: 'matroska.damaged: Cannot read SimpleBlock: its frame cannot be inflated',
    },
    {
      name: 'is cut short',
      payload: zlib(plain).subarray(0, -6),
      want: 'matroska.damaged: Cannot read SimpleBlock: its frame cannot be inflated',
    },
    {
      name: 'grows beyond elementBytesMax',
      payload: zlib(new Uint8Array(5001)),
      want: 'matroska.element-too-large: Cannot read SimpleBlock: its decoded frames exceed limit 5000 bytes',
    },
  ])('reports a frame that $name instead of giving it', ({ payload, want }) => {
    const events = readBlock(encodings(encoding({ algorithm: 0 })), payload, 5000);
    expect(problemsOf(events)).toEqual([want]);
    expect(framesOf(events)).toEqual([]);
  });

  it('bounds the frames of a lace together', () => {
    const bomb = zlib(new Uint8Array(3000));
    const laced = concatBytes([Uint8Array.of(0x81, 0, 0, 0x84, 1), bomb, bomb]);
    const bytes = concatBytes([
      documentStart,
      audioTrack(encodings(encoding({ algorithm: 0 }))),
      muxClusterStart(0),
      muxElement(ElementId.SimpleBlock, laced),
    ]);
    expect(problemsOf(readEvents(bytes, { elementBytesMax: 5000 }))).toEqual([
      'matroska.element-too-large: Cannot read SimpleBlock: its decoded frames exceed limit 5000 bytes',
    ]);
  });
});
