import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../testing.ts';
import { connectFragment, noise } from '../testing/connect-fragment.ts';
import { Demuxer, type DemuxerOptions } from './demuxer.ts';
import { ElementId } from './element-id.ts';
import type { MatroskaEvent } from './matroska-event.ts';
import { muxBlockGroup, muxCluster } from './mux-cluster.ts';
import { concatBytes, muxElement, muxOpenMaster, type MuxSize } from './mux-element.ts';
import { muxHeader } from './mux-header.ts';
import { muxTags } from './mux-tags.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

function readCut(bytes: Uint8Array, cuts: readonly number[], options: DemuxerOptions = {}): MatroskaEvent[] {
  const demuxer = new Demuxer(options);
  const edges = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const events: MatroskaEvent[] = [];
  let from = 0;
  for (const edge of [...edges, bytes.length]) {
    events.push(...demuxer.write(bytes.subarray(from, edge)));
    from = edge;
  }
  events.push(...demuxer.finish());
  return events;
}

const size = fc.constantFrom<MuxSize>('known', 'known-8-bytes', 'unknown');
const payload = fc.uint8Array({ maxLength: 300 });
const cluster = fc
  .record({
    timestamp: fc.nat(),
    size,
    blocks: fc.array(
      fc.record({
        trackNumber: fc.constantFrom(1, 2),
        relativeTimestamp: fc.integer({ min: -32_768, max: 32_767 }),
        keyframe: fc.boolean(),
        payload,
      }),
      { maxLength: 5 },
    ),
  })
  .map((given) => muxCluster(given, { size: given.size }));
const subtitleCluster = fc.record({ timestamp: fc.nat(), durationTicks: fc.nat(), payload }).map((given) => {
  const group = muxBlockGroup({ trackNumber: 1, relativeTimestamp: 0, ...given });
  return concatBytes([muxCluster({ timestamp: given.timestamp, blocks: [] }, { size: 'unknown' }), group]);
});
const tags = fc
  .array(
    fc.record({ name: fc.string({ maxLength: 8 }), value: fc.string({ unit: 'grapheme', maxLength: 20 }) }),
    { maxLength: 4 },
  )
  .map(muxTags);
const filler = fc
  .record({ id: fc.constantFrom<number>(ElementId.Void, ElementId.Cues, 0x4abc), payload })
  .map((given) => muxElement(given.id, given.payload));
const header = fc.constant(
  muxHeader({
    tracks: [
      { number: 1, trackType: 2, name: 'AUDIO_FROM_CUSTOMER', codecId: 'A_AAC' },
      {
        number: 2,
        trackType: 2,
        codecId: 'A_PCM/INT/LIT',
        audio: { samplingFrequencyHz: 8000, channels: 1 },
      },
    ],
  }),
);
const document = fc
  .tuple(header, fc.array(fc.oneof(cluster, subtitleCluster, tags, filler), { maxLength: 6 }))
  .map(([start, rest]) => concatBytes([start, ...rest]));
const stream = fc.array(document, { minLength: 1, maxLength: 3 }).map(concatBytes);
const cuts = fc.array(fc.nat(), { maxLength: 40 });

/** Bytes overwritten, left out or put in at one place. */
const damage = fc.record({
  kind: fc.constantFrom('overwrite', 'remove', 'insert'),
  at: fc.nat(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 400 }),
});

function damaged(
  bytes: Uint8Array,
  { kind, at, bytes: noiseBytes }: { kind: string; at: number; bytes: Uint8Array },
): Uint8Array {
  const from = at % bytes.length;
  const to = kind === 'insert' ? from : from + noiseBytes.length;
  const inserted = kind === 'remove' ? [] : [noiseBytes];
  return concatBytes([bytes.subarray(0, from), ...inserted, bytes.subarray(to)]);
}

/** How many masters are open before and after each event; a problem may come anywhere. */
const nesting: Partial<Record<MatroskaEvent['type'], readonly [before: number, after: number]>> = {
  documentStart: [0, 1],
  info: [1, 1],
  track: [1, 1],
  tag: [1, 1],
  clusterStart: [1, 2],
  block: [2, 2],
  clusterEnd: [2, 1],
  documentEnd: [1, 0],
};

/** Indexes of the events that stand where they must not: none, if masters open and close in pairs. */
function misplaced(events: readonly MatroskaEvent[]): number[] {
  let depth = 0;
  const indexes = events.flatMap(({ type }, index) => {
    const [before, after] = nesting[type] ?? [depth, depth];
    const isMisplaced = depth !== before;
    depth = after;
    return isMisplaced ? [index] : [];
  });
  return depth === 0 ? indexes : [...indexes, events.length];
}

describe('Demuxer with any chunks', () => {
  it('gives the same events however a sound stream is cut', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, edges) => {
        const whole = readEvents(bytes);
        expect(misplaced(whole)).toEqual([]);
        expect(whole.filter((event) => event.type === 'problem')).toEqual([]);
        expect(readCut(bytes, edges)).toEqual(whole);
        expect(readEvents(bytes, { chunkBytes: 1 })).toEqual(whole);
      }),
    );
  });

  it('gives the same events at every single cut of one fragment', () => {
    const bytes = connectFragment(0).subarray(0, 4000);
    const whole = readEvents(bytes);
    for (let cut = 0; cut <= bytes.length; cut++) expect(readCut(bytes, [cut]).length).toBe(whole.length);
  });

  it('gives the same events however a damaged stream is cut', () => {
    fc.assert(
      fc.property(stream, fc.array(damage, { minLength: 1, maxLength: 3 }), cuts, (bytes, damages, edges) => {
        const bad = damages.reduce(damaged, bytes);
        const whole = readEvents(bad);
        expect(misplaced(whole)).toEqual([]);
        expect(readCut(bad, edges)).toEqual(whole);
        expect(readEvents(bad, { chunkBytes: 1 })).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same events when large elements lie about their size', () => {
    const lie = muxOpenMaster(ElementId.Segment).subarray(4);
    fc.assert(
      fc.property(
        fc.constantFrom<number>(
          ElementId.SimpleBlock,
          ElementId.Void,
          ElementId.Tags,
          ElementId.Attachments,
          0x4abc,
        ),
        fc.integer({ min: 60_000, max: 200_000 }),
        fc.integer({ min: 1, max: 120_000 }),
        cuts,
        (id, claimedBytes, givenBytes, edges) => {
          const claim = muxElement(id, new Uint8Array(claimedBytes)).subarray(0, -claimedBytes);
          const sound = connectFragment(1);
          const bytes = concatBytes([connectFragment(0), lie, claim, noise(id, givenBytes), sound]);
          const whole = readEvents(bytes);
          expect(misplaced(whole)).toEqual([]);
          expect(readCut(bytes, edges)).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('Demuxer with any bytes', () => {
  it('throws nothing and holds no more than it may', () => {
    const elementBytesMax = 1000;
    const bytesLike = fc.array(fc.oneof(fc.uint8Array({ maxLength: 2000 }), document)).map(concatBytes);
    fc.assert(
      fc.property(bytesLike, fc.integer({ min: 1, max: 5000 }), (bytes, chunkBytes) => {
        const demuxer = new Demuxer({ elementBytesMax });
        const events: MatroskaEvent[] = [];
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          events.push(...demuxer.write(bytes.subarray(at, at + chunkBytes)));
          expect(demuxer.bufferedBytes).toBeLessThanOrEqual(2 * 65_536 + elementBytesMax + chunkBytes);
        }
        events.push(...demuxer.finish());
        expect(misplaced(events)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives events in proportion to its input when every element lies', () => {
    const claim = Uint8Array.of(0x12, 0x54, 0xc3, 0x67, 0x20, 0xff, 0xff, 0x73, 0x73, 0x80);
    const liars = Array.from({ length: 50_000 }, () => claim);
    const bytes = concatBytes([connectFragment(0), ...liars]);
    expect(readEvents(bytes, { chunkBytes: 1400 }).length).toBeLessThan(liars.length);
  });
});
