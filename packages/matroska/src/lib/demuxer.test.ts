import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { connectFragment, CONNECT_BLOCK_COUNT } from '../testing/connect-fragment.ts';
import { Demuxer } from './demuxer.ts';
import { ElementId } from './element-id.ts';
import type { MatroskaEvent } from './matroska-event.ts';
import { muxBlockGroup, muxCluster, muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement, muxMaster, muxOpenMaster, muxText, muxUnsigned } from './mux-element.ts';
import { muxEbmlHeader, muxHeader } from './mux-header.ts';
import { muxTags } from './mux-tags.ts';

const header = muxHeader({ tracks: [{ number: 1, trackType: 2, codecId: 'A_PCM/INT/LIT' }] });
const payload = Uint8Array.of(1, 2, 3, 4);
const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload });

function read(...parts: Uint8Array[]): MatroskaEvent[] {
  return readEvents(concatBytes(parts));
}

/** Events as short words: enough to see order and nesting. */
function outline(events: readonly MatroskaEvent[]): string[] {
  return events.map((event) => {
    if (event.type === 'tag') return `tag ${event.name}=${event.value} ${event.position}`;
    if (event.type === 'block') return `block ${event.trackNumber} @${event.timestampMs}`;
    if (event.type === 'clusterStart') return `clusterStart @${event.timestampMs}`;
    if (event.type === 'problem') return `problem ${event.code}`;
    return event.type;
  });
}

const documentAround = (...inner: string[]): string[] => [
  'documentStart',
  'info',
  'track',
  ...inner,
  'documentEnd',
];

describe('Demuxer', () => {
  it('reads documents strung together, each with its own blocks and tags', () => {
    const events = readEvents(concatBytes([connectFragment(0), connectFragment(1), connectFragment(2)]));
    expect(eventsOfType(events, 'problem')).toEqual([]);
    expect(eventsOfType(events, 'block')).toHaveLength(3 * CONNECT_BLOCK_COUNT);
    expect(eventsOfType(events, 'documentStart').map((event) => event.document)).toEqual([0, 1, 2]);
    const second = events.slice(
      events.findIndex((event) => event.type === 'documentStart' && event.document === 1),
      events.findIndex((event) => event.type === 'documentEnd' && event.document === 1),
    );
    expect(eventsOfType(second, 'tag')).toEqual([
      {
        type: 'tag',
        name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER',
        value: '1',
        position: 'before-cluster',
      },
      { type: 'tag', name: 'ContactId', value: 'contact-1', position: 'after-cluster' },
      { type: 'tag', name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: '1', position: 'after-cluster' },
    ]);
  });

  it('gives a block with the chunk that holds its last byte, before its Cluster ends', () => {
    const demuxer = new Demuxer();
    expect(outline([...demuxer.write(concatBytes([header, muxClusterStart(5)]))])).toContain(
      'clusterStart @5',
    );
    expect([...demuxer.write(block.subarray(0, -1))]).toEqual([]);
    expect(outline([...demuxer.write(block.subarray(-1))])).toEqual(['block 1 @5']);
  });

  it('gives frames as views of the chunk that held the block', () => {
    const chunk = concatBytes([header, muxClusterStart(0), block]);
    const [event] = eventsOfType([...new Demuxer().write(chunk)], 'block');
    expect(event?.frames[0]?.buffer).toBe(chunk.buffer);
  });

  it('keeps the events that a caller did not take for the next call', () => {
    const demuxer = new Demuxer();
    const [first] = demuxer.write(concatBytes([header, muxClusterStart(0), block]));
    expect(first?.type).toBe('documentStart');
    demuxer.write(block);
    expect(outline([...demuxer.finish()])).toEqual(
      documentAround('clusterStart @0', 'block 1 @0', 'block 1 @0', 'clusterEnd').slice(1),
    );
  });

  it('reads a document without any Cluster, as Amazon sends an error', () => {
    const tags = muxTags([{ name: 'AWS_KINESISVIDEO_ERROR_ID', value: '4500' }]);
    expect(outline(read(header, tags))).toEqual(
      documentAround('tag AWS_KINESISVIDEO_ERROR_ID=4500 before-cluster'),
    );
  });

  it('gives nothing for an empty stream', () => {
    expect(read()).toEqual([]);
  });

  describe('closing masters', () => {
    const inCluster = ['clusterStart @7', 'block 1 @7', 'clusterEnd'];
    const blocks = [{ trackNumber: 1, relativeTimestamp: 0, payload }];
    const tags = muxTags([{ name: 'a', value: 'b' }]);
    const knownSegment = (...children: Uint8Array[]): Uint8Array =>
      concatBytes([muxEbmlHeader('matroska'), muxMaster(ElementId.Segment, children)]);
    const tracks = header.subarray(
      muxEbmlHeader('matroska').length + muxOpenMaster(ElementId.Segment).length,
    );

    it.each([
      {
        name: 'a Cluster of unknown size at the next Cluster',
        given: [header, muxClusterStart(7), block, muxClusterStart(7), block],
        want: documentAround(...inCluster, ...inCluster),
      },
      {
        name: 'a Cluster of unknown size at Tags',
        given: [header, muxClusterStart(7), block, tags],
        want: documentAround(...inCluster, 'tag a=b after-cluster'),
      },
      {
        name: 'a Cluster and a Segment of unknown size at an EBML header',
        given: [header, muxClusterStart(7), block, header],
        want: [...documentAround(...inCluster), ...documentAround()],
      },
      {
        name: 'a Cluster of known size at its last byte',
        given: [header, muxCluster({ timestamp: 7, blocks })],
        want: documentAround(...inCluster),
      },
      {
        name: 'a Cluster whose known size has eight bytes',
        given: [header, muxCluster({ timestamp: 7, blocks }, { size: 'known-8-bytes' }), tags],
        want: documentAround(...inCluster, 'tag a=b after-cluster'),
      },
      {
        name: 'a document with its Segment of known size',
        given: [knownSegment(tracks, muxCluster({ timestamp: 7, blocks })), header],
        want: [...documentAround(...inCluster), ...documentAround()],
      },
      {
        name: 'a Cluster of unknown size at the end of its Segment of known size',
        given: [knownSegment(tracks, muxClusterStart(7), block), header],
        want: [...documentAround(...inCluster), ...documentAround()],
      },
    ])('closes $name', ({ given, want }) => {
      expect(outline(read(...given))).toEqual(want);
    });

    it('tells the end of what has a known size with its last byte', () => {
      const demuxer = new Demuxer();
      const bytes = knownSegment(tracks, muxCluster({ timestamp: 7, blocks }));
      expect(outline([...demuxer.write(bytes)])).toEqual(documentAround(...inCluster));
    });
  });

  describe('elements that are not used', () => {
    const unknown = muxElement(0x4abc, Uint8Array.of(1, 2, 3));
    const filler = muxElement(ElementId.Void, new Uint8Array(300));
    const crc = muxElement(ElementId.CRC32, new Uint8Array(4));
    const cues = muxElement(ElementId.Cues, new Uint8Array(100_000));
    const attachments = muxElement(ElementId.Attachments, new Uint8Array(100_000));
    const encrypted = muxElement(0xaf, new Uint8Array(20));

    it.each([
      { name: 'Void and CRC-32 in a Cluster', given: [filler, crc], want: ['block 1 @1', 'clusterEnd'] },
      { name: 'an unknown element in a Cluster', given: [unknown], want: ['block 1 @1', 'clusterEnd'] },
      {
        name: 'a run of unknown elements',
        given: [unknown, unknown, filler, unknown, encrypted],
        want: ['block 1 @1', 'clusterEnd'],
      },
      {
        name: 'Cues and Attachments of any size',
        given: [cues, attachments],
        want: ['clusterEnd', 'problem matroska.damaged'],
      },
    ])('passes over $name', ({ given, want }) => {
      const events = outline(read(header, muxClusterStart(1), ...given, block));
      expect(events).toEqual(documentAround('clusterStart @1', ...want));
    });

    it('passes over Void before, between and inside everything', () => {
      const segment = header.subarray(muxEbmlHeader('matroska').length);
      const tags = muxMaster(ElementId.Tags, [
        crc,
        muxMaster(ElementId.Tag, [
          filler,
          muxMaster(ElementId.SimpleTag, [
            filler,
            muxText(ElementId.TagName, 'a'),
            filler,
            muxText(ElementId.TagString, 'b'),
          ]),
        ]),
      ]);
      const cluster = muxMaster(ElementId.Cluster, [
        filler,
        muxUnsigned(ElementId.Timestamp, 3),
        filler,
        block,
      ]);
      const events = read(
        filler,
        muxEbmlHeader('webm'),
        filler,
        segment,
        filler,
        tags,
        filler,
        cluster,
        filler,
      );
      expect(outline(events)).toEqual(
        documentAround('tag a=b before-cluster', 'clusterStart @3', 'block 1 @3', 'clusterEnd'),
      );
    });

    it('holds nothing of an element it passes over', () => {
      const demuxer = new Demuxer();
      const open = concatBytes([header, muxElement(ElementId.Cues, new Uint8Array(10_000_000))]);
      for (let at = 0; at < open.length; at += 65_536) {
        expect(outline([...demuxer.write(open.subarray(at, at + 65_536))])).not.toContain('problem');
        expect(demuxer.bufferedBytes).toBeLessThanOrEqual(65_536);
      }
    });
  });

  describe('blocks', () => {
    it.each([
      { name: 'a negative relative timestamp', given: -32_768, want: 100_000 - 32_768 },
      { name: 'the largest relative timestamp', given: 32_767, want: 132_767 },
    ])('adds $name to the Cluster timestamp', ({ given, want }) => {
      const bytes = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: given, payload });
      const [event] = eventsOfType(read(header, muxClusterStart(100_000), bytes), 'block');
      expect(event?.timestampMs).toBe(want);
    });

    it('scales timestamps and durations by TimestampScale', () => {
      const scaled = muxHeader({
        tracks: [{ number: 1, trackType: 17, codecId: 'S_TEXT/UTF8' }],
        timestampScaleNs: 500_000,
      });
      const group = muxBlockGroup({ trackNumber: 1, relativeTimestamp: 6, durationTicks: 10, payload });
      const events = read(scaled, muxClusterStart(1000), group);
      expect(eventsOfType(events, 'info')[0]?.timestampScaleNs).toBe(500_000);
      expect(eventsOfType(events, 'block')).toEqual([
        { type: 'block', trackNumber: 1, timestampMs: 503, durationMs: 5, keyframe: true, frames: [payload] },
      ]);
    });

    it('keeps milliseconds of this century exact', () => {
      const [event] = eventsOfType(read(header, muxClusterStart(1_726_677_688_724), block), 'block');
      expect(event?.timestampMs).toBe(1_726_677_688_724);
    });

    it('forgets the TimestampScale of the document before', () => {
      const scaled = muxHeader({ tracks: [], timestampScaleNs: 2_000_000 });
      const bare = concatBytes([muxEbmlHeader('matroska'), muxOpenMaster(ElementId.Segment)]);
      const starts = eventsOfType(
        read(scaled, muxClusterStart(10), bare, muxClusterStart(10)),
        'clusterStart',
      );
      expect(starts.map((event) => event.timestampMs)).toEqual([20, 10]);
    });

    it.each([
      {
        name: 'a SimpleBlock with the flag',
        given: muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload }),
        want: true,
      },
      {
        name: 'a SimpleBlock without',
        given: muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload, keyframe: false }),
        want: false,
      },
      {
        name: 'a BlockGroup without reference',
        given: muxBlockGroup({ trackNumber: 1, relativeTimestamp: 0, payload }),
        want: true,
      },
      {
        name: 'a BlockGroup with one',
        given: muxBlockGroup({ trackNumber: 1, relativeTimestamp: 0, payload, keyframe: false }),
        want: false,
      },
    ])('takes $name as keyframe $want', ({ given, want }) => {
      expect(eventsOfType(read(header, muxClusterStart(0), given), 'block')[0]?.keyframe).toBe(want);
    });

    it.each([
      { name: 'Xiph', flags: 0x82, lace: [1, 3] },
      { name: 'EBML', flags: 0x86, lace: [1, 0x83] },
    ])('cuts the frames of $name lacing', ({ flags, lace }) => {
      const laced = muxElement(
        ElementId.SimpleBlock,
        Uint8Array.of(0x81, 0, 0, flags, ...lace, 7, 7, 7, 8, 8),
      );
      expect(eventsOfType(read(header, muxClusterStart(0), laced), 'block')[0]?.frames).toEqual([
        Uint8Array.of(7, 7, 7),
        Uint8Array.of(8, 8),
      ]);
    });

    it('reads a track number of two bytes and an empty payload', () => {
      const tracks = [{ number: 300, trackType: 2, codecId: 'A_OPUS' }];
      const empty = muxSimpleBlock({ trackNumber: 300, relativeTimestamp: 0, payload: new Uint8Array() });
      const [event] = eventsOfType(read(muxHeader({ tracks }), muxClusterStart(0), empty), 'block');
      expect(event).toMatchObject({ trackNumber: 300, frames: [new Uint8Array()] });
    });

    it('is not fooled by whole headers inside a payload', () => {
      const magic = concatBytes([Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3), header, muxClusterStart(9), block]);
      const decoy = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 1, payload: magic });
      const events = read(header, muxClusterStart(0), decoy, block);
      expect(outline(events)).toEqual(
        documentAround('clusterStart @0', 'block 1 @1', 'block 1 @0', 'clusterEnd'),
      );
      expect(eventsOfType(events, 'block')[0]?.frames).toEqual([magic]);
    });

    it.each([
      { name: 'track 0', given: [0x80, 0, 0, 0x80, 1] },
      { name: 'a header cut short', given: [0x81, 0, 0] },
      { name: 'reserved flags', given: [0x81, 0, 0, 0xf0, 1] },
      { name: 'a lace that does not add up', given: [0x81, 0, 0, 0x82, 1, 9, 1] },
      { name: 'a track that Tracks does not name', given: [0x85, 0, 0, 0x80, 1] },
    ])('reports a block with $name and goes on with the next', ({ given }) => {
      const bad = muxElement(ElementId.SimpleBlock, Uint8Array.from(given));
      const events = read(header, muxClusterStart(0), bad, block);
      expect(outline(events)).toEqual(
        documentAround('clusterStart @0', 'problem matroska.damaged', 'block 1 @0', 'clusterEnd'),
      );
      expect(eventsOfType(events, 'problem')[0]?.skippedBytes).toBe(bad.length);
    });

    it('reports once that a Cluster has no Timestamp and gives none of its blocks', () => {
      const events = read(
        header,
        muxMaster(ElementId.Cluster, [block, block], 'unknown'),
        muxClusterStart(2),
        block,
      );
      expect(outline(events)).toEqual(
        documentAround('problem matroska.damaged', 'clusterStart @2', 'block 1 @2', 'clusterEnd'),
      );
    });
  });

  describe('tags', () => {
    const simpleTag = (name: string, ...rest: Uint8Array[]): Uint8Array =>
      muxMaster(ElementId.SimpleTag, [muxText(ElementId.TagName, name), ...rest]);
    const tagsOf = (...simpleTags: Uint8Array[]): [string, string][] => {
      const bytes = muxMaster(ElementId.Tags, [muxMaster(ElementId.Tag, simpleTags)]);
      return eventsOfType(read(header, bytes), 'tag').map(({ name, value }) => [name, value]);
    };
    const text = (value: string): Uint8Array => muxText(ElementId.TagString, value);

    it('gives nested tags after their parent', () => {
      const nested = simpleTag(
        'parent',
        simpleTag('child', text('2'), simpleTag('grandchild', text('3'))),
        text('1'),
      );
      expect(tagsOf(nested, simpleTag('next', text('4')))).toEqual([
        ['parent', '1'],
        ['child', '2'],
        ['grandchild', '3'],
        ['next', '4'],
      ]);
    });

    it('tells an empty value from none', () => {
      const binary = muxElement(ElementId.TagBinary, Uint8Array.of(1));
      expect(tagsOf(simpleTag('empty', text('')), simpleTag('none'), simpleTag('binary', binary))).toEqual([
        ['empty', ''],
      ]);
    });

    it('replaces what is not UTF-8 and stops at a NUL', () => {
      const broken = muxElement(ElementId.TagString, Uint8Array.of(0x61, 0xff, 0x62, 0, 0x63));
      expect(tagsOf(simpleTag('a', broken))).toEqual([['a', 'a\ufffdb']]);
    });

    it('gives what it could read of Tags with a child that overruns', () => {
      const good = muxMaster(ElementId.Tag, [simpleTag('a', text('b'))]);
      const bad = muxElement(ElementId.Tags, concatBytes([good, Uint8Array.of(0x73, 0x73, 0x90, 0)]));
      expect(outline(read(header, bad, muxClusterStart(1)))).toEqual(
        documentAround('tag a=b before-cluster', 'problem matroska.damaged', 'clusterStart @1', 'clusterEnd'),
      );
    });
  });

  describe('tracks', () => {
    const entry = (...fields: Uint8Array[]): Uint8Array =>
      muxMaster(ElementId.Tracks, [muxMaster(ElementId.TrackEntry, fields)]);
    const bare = concatBytes([muxEbmlHeader('matroska'), muxOpenMaster(ElementId.Segment)]);

    it('tells an absent name from an empty one', () => {
      const fields = [muxUnsigned(ElementId.TrackNumber, 1), muxUnsigned(ElementId.TrackType, 2)];
      const absent = eventsOfType(read(bare, entry(...fields)), 'track');
      const empty = eventsOfType(read(bare, entry(...fields, muxText(ElementId.Name, ''))), 'track');
      expect(absent).toEqual([{ type: 'track', track: { number: 1, trackType: 2, codecId: '' } }]);
      expect(empty[0]?.track.name).toBe('');
    });

    it('keeps a uid of 64 bits', () => {
      const uid = 2n ** 64n - 1n;
      const tracks = [{ number: 1, uid, trackType: 2, codecId: 'A_OPUS' }];
      expect(eventsOfType(read(muxHeader({ tracks })), 'track')[0]?.track.uid).toBe(uid);
    });

    it('reports an entry without a number', () => {
      const events = read(bare, entry(muxUnsigned(ElementId.TrackType, 2)));
      expect(outline(events)).toEqual(['documentStart', 'problem matroska.damaged', 'documentEnd']);
    });
  });

  it('reports a DocType it does not know and reads on', () => {
    const events = read(muxEbmlHeader('other'), header.subarray(muxEbmlHeader('matroska').length));
    expect(outline(events)).toEqual([
      'documentStart',
      'problem matroska.unsupported',
      'info',
      'track',
      'documentEnd',
    ]);
  });
});
