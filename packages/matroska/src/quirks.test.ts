import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  Demuxer,
  ElementId,
  muxBlockGroup,
  muxCluster,
  muxClusterStart,
  muxElement,
  muxHeader,
  muxMaster,
  muxSimpleBlock,
  muxTags,
  type DemuxerOptions,
  type MatroskaEvent,
} from './index.ts';
import { concatBytes, muxFloat, muxText, muxUnsigned } from './lib/mux-element.ts';
import { muxEbmlHeader } from './lib/mux-header.ts';
import { audioTrack, documentStart, withCrc32 } from './testing/elements.ts';

/** Events in short: enough to see what came of every quirk. */
function outline(events: readonly MatroskaEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'block':
        return [
          `block ${event.trackNumber} @${event.timestampMs} ${event.frames.map((frame) => Buffer.from(frame).toString('hex')).join('|')}`,
        ];
      case 'tag':
        return [`tag ${event.name}=${event.value}`];
      case 'problem':
        return [`problem ${event.code.slice('matroska.'.length)}`];
      case 'documentStart':
        return [`document ${event.document}`];
      case 'info':
        return event.durationMs === undefined ? [] : [`duration ${event.durationMs}`];
      case 'track':
      case 'clusterStart':
      case 'clusterEnd':
      case 'documentEnd':
        return [];
    }
  });
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const header = muxHeader({ tracks: [{ number: 1, trackType: 2, codecId: 'A_PCM/INT/LIT' }] });
const at = (
  relativeTimestamp: number,
  payload: string,
): { trackNumber: number; relativeTimestamp: number; payload: Uint8Array } => ({
  trackNumber: 1,
  relativeTimestamp,
  payload: hex(payload),
});
const block = muxSimpleBlock(at(0, 'aa'));
const timestamp = muxUnsigned(ElementId.Timestamp, 5);
const tags = muxTags([{ name: 'ContactId', value: 'c' }]);
const compressed = (algorithm: number, ...settings: Uint8Array[]): Uint8Array =>
  muxMaster(ElementId.ContentEncodings, [
    muxMaster(ElementId.ContentEncoding, [
      muxMaster(ElementId.ContentCompression, [
        muxUnsigned(ElementId.ContentCompAlgo, algorithm),
        ...settings,
      ]),
    ]),
  ]);

interface Quirk {
  readonly name: string;
  readonly given: readonly Uint8Array[];
  readonly want: readonly string[];
}

const document = 'document 0';
const wholeBlock = 'block 1 @5 aa';

const quirks: readonly Quirk[] = [
  {
    name: 'Segment and Cluster of unknown size',
    given: [header, muxClusterStart(5), block],
    want: [document, wholeBlock],
  },
  {
    name: 'Cluster of known size',
    given: [header, muxCluster({ timestamp: 5, blocks: [at(0, 'aa')] })],
    want: [document, wholeBlock],
  },
  {
    name: 'sizes of 8 bytes on every master',
    given: [
      muxEbmlHeader('matroska'),
      muxMaster(
        ElementId.Segment,
        [audioTrack(), muxCluster({ timestamp: 5, blocks: [at(0, 'aa')] }, { size: 'known-8-bytes' })],
        'known-8-bytes',
      ),
    ],
    want: [document, wholeBlock],
  },
  {
    name: 'a size of 8 bytes on a block',
    given: [header, muxClusterStart(5), hex('a3 0100000000000005 81 0000 80 aa')],
    want: [document, wholeBlock],
  },
  {
    name: 'an unknown size of 1 byte',
    given: [
      muxEbmlHeader('matroska'),
      hex('18538067 ff'),
      audioTrack(),
      hex('1f43b675 ff'),
      timestamp,
      block,
    ],
    want: [document, wholeBlock],
  },
  {
    name: 'Void',
    given: [header, hex('ec 83 000000'), muxClusterStart(5), hex('ec 80'), block],
    want: [document, wholeBlock],
  },
  {
    name: 'CRC-32 as first child',
    given: [documentStart, audioTrack(), withCrc32(ElementId.Cluster, [timestamp, block])],
    want: [document, wholeBlock],
  },
  {
    name: 'SeekHead, Cues, Chapters and Attachments',
    given: [
      documentStart,
      muxMaster(ElementId.SeekHead, [hex('4dbb 80')]),
      audioTrack(),
      muxMaster(ElementId.Chapters, [hex('45b9 80')]),
      muxMaster(ElementId.Attachments, [hex('61a7 80')]),
      muxMaster(ElementId.Cluster, [timestamp, block]),
      muxMaster(ElementId.Cues, [hex('bb 80')]),
    ],
    want: [document, wholeBlock],
  },
  {
    name: 'an element nobody knows',
    given: [documentStart, hex('4abc 82 0102'), audioTrack(), muxClusterStart(5), hex('4abc 81 01'), block],
    want: [document, wholeBlock],
  },
  {
    name: 'documents strung together',
    given: [header, muxClusterStart(5), block, header, muxClusterStart(5), block, tags],
    want: [document, wholeBlock, 'document 1', wholeBlock, 'tag ContactId=c'],
  },
  { name: 'a document without a Cluster', given: [header, tags], want: [document, 'tag ContactId=c'] },
  {
    name: 'tags before and after the Cluster, each in its own element',
    given: [header, tags, muxClusterStart(5), block, tags, tags],
    want: [document, 'tag ContactId=c', wholeBlock, 'tag ContactId=c', 'tag ContactId=c'],
  },
  {
    name: 'nested tags',
    given: [
      header,
      muxMaster(ElementId.Tags, [
        muxMaster(ElementId.Tag, [
          muxMaster(ElementId.SimpleTag, [
            muxText(ElementId.TagName, 'a'),
            muxText(ElementId.TagString, '1'),
            muxMaster(ElementId.SimpleTag, [
              muxText(ElementId.TagName, 'b'),
              muxText(ElementId.TagString, '2'),
            ]),
          ]),
        ]),
      ]),
    ],
    want: [document, 'tag a=1', 'tag b=2'],
  },
  {
    name: 'a tag that is not UTF-8',
    given: [
      header,
      muxMaster(ElementId.Tags, [
        muxMaster(ElementId.Tag, [
          muxMaster(ElementId.SimpleTag, [
            muxText(ElementId.TagName, 'a'),
            muxElement(ElementId.TagString, hex('c3 28')),
          ]),
        ]),
      ]),
    ],
    want: [document, 'tag a=\ufffd('],
  },
  {
    name: 'Xiph lacing',
    given: [header, muxClusterStart(5), hex('a3 89 81 0000 82 01 01 aa bbcc')],
    want: [document, 'block 1 @5 aa|bbcc'],
  },
  {
    name: 'EBML lacing',
    given: [header, muxClusterStart(5), hex('a3 89 81 0000 86 01 81 aa bbcc')],
    want: [document, 'block 1 @5 aa|bbcc'],
  },
  {
    name: 'fixed-size lacing',
    given: [header, muxClusterStart(5), hex('a3 87 81 0000 84 01 aa bb')],
    want: [document, 'block 1 @5 aa|bb'],
  },
  {
    name: 'a BlockGroup',
    given: [header, muxClusterStart(5), muxBlockGroup({ ...at(1, 'aa'), durationTicks: 3 })],
    want: [document, 'block 1 @6 aa'],
  },
  {
    name: 'a track number of 2 bytes',
    given: [
      muxHeader({ tracks: [{ number: 200, trackType: 2, codecId: 'x' }] }),
      muxClusterStart(5),
      hex('a3 86 40c8 0000 80 aa'),
    ],
    want: [document, 'block 200 @5 aa'],
  },
  {
    name: 'a negative relative timestamp',
    given: [header, muxClusterStart(5), muxSimpleBlock(at(-2, 'aa'))],
    want: [document, 'block 1 @3 aa'],
  },
  {
    name: 'floats of 4 and 8 bytes, a scale of half a millisecond',
    given: [
      documentStart,
      muxMaster(ElementId.Info, [
        muxUnsigned(ElementId.TimestampScale, 500_000),
        muxFloat(ElementId.Duration, 20),
      ]),
      audioTrack(muxMaster(ElementId.Audio, [muxElement(ElementId.SamplingFrequency, hex('45fa0000'))])),
      muxClusterStart(10),
      block,
    ],
    want: [document, 'duration 10', wholeBlock],
  },
  {
    name: 'header stripping',
    given: [
      documentStart,
      audioTrack(compressed(3, muxElement(ElementId.ContentCompSettings, hex('ffee')))),
      muxClusterStart(5),
      block,
    ],
    want: [document, 'block 1 @5 ffeeaa'],
  },
  {
    name: 'zlib compression',
    given: [
      documentStart,
      audioTrack(compressed(0)),
      muxClusterStart(5),
      muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: deflateSync(hex('aabbcc')) }),
    ],
    want: [document, 'block 1 @5 aabbcc'],
  },
  {
    name: 'compression that cannot be undone',
    given: [documentStart, audioTrack(compressed(2)), muxClusterStart(5), block],
    want: [document, 'problem unsupported'],
  },
  {
    name: 'a payload that holds the EBML magic and a whole header',
    given: [
      header,
      muxClusterStart(5),
      muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: muxEbmlHeader('matroska') }),
    ],
    want: [document, `block 1 @5 ${Buffer.from(muxEbmlHeader('matroska')).toString('hex')}`],
  },
  {
    name: 'an empty payload',
    given: [header, muxClusterStart(5), muxSimpleBlock(at(0, ''))],
    want: [document, 'block 1 @5 '],
  },
  {
    name: 'a stream cut within a block',
    given: [header, muxClusterStart(5), block, block.subarray(0, 4)],
    want: [document, wholeBlock, 'problem truncated'],
  },
  {
    name: 'zeros before the first header',
    given: [hex('000000'), header, muxClusterStart(5), block],
    want: ['problem damaged', document, wholeBlock],
  },
];

function read(bytes: Uint8Array, edges: readonly number[], options: DemuxerOptions): MatroskaEvent[] {
  const demuxer = new Demuxer(options);
  const events: MatroskaEvent[] = [];
  let from = 0;
  for (const edge of [...edges, bytes.length]) {
    events.push(...demuxer.write(bytes.subarray(from, edge)));
    from = edge;
  }
  return [...events, ...demuxer.finish()];
}

describe('Demuxer', () => {
  it.each(quirks)('reads $name, whole and cut at every byte', ({ given, want }) => {
    const bytes = concatBytes(given);
    const options = { verifyCrc32: true };
    expect(outline(read(bytes, [], options))).toEqual(want);
    const everywhere = Array.from({ length: bytes.length }, (_, edge) => edge);
    for (const edges of [...everywhere.map((edge) => [edge]), everywhere]) {
      expect(outline(read(bytes, edges, options)), `cut at ${edges.length === 1 ? edges[0] : 'all'}`).toEqual(
        want,
      );
    }
  });
});
