import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { CONNECT_BLOCK_COUNT, noise } from '../testing/connect-fragment.ts';
import { connectCall, damage, someDamages } from '../testing/damage.ts';
import { Demuxer } from './demuxer.ts';
import { ElementId } from './element-id.ts';
import type { BlockEvent, MatroskaEvent } from './matroska-event.ts';
import { muxCluster, muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement } from './mux-element.ts';
import { muxHeader } from './mux-header.ts';
import { muxTags } from './mux-tags.ts';

const FRAGMENT_COUNT = 6;
const DAMAGE_COUNT = 300;

const keyOf = ({ frames }: BlockEvent): string => Buffer.from(frames[0] ?? []).toString('latin1');
const placeOf = ({ trackNumber, timestampMs }: BlockEvent): string => `${trackNumber} @${timestampMs}`;

interface Kept {
  /** Blocks as they were, at their time and on their track. */
  readonly right: number;
  /** Blocks as they were, but elsewhere. */
  readonly misplaced: number;
  readonly altered: number;
  readonly problems: number;
}

function compare(events: readonly MatroskaEvent[], original: ReadonlyMap<string, string>): Kept {
  const blocks = eventsOfType(events, 'block');
  const known = blocks.filter((block) => original.has(keyOf(block)));
  const right = known.filter((block) => original.get(keyOf(block)) === placeOf(block)).length;
  return {
    right,
    misplaced: known.length - right,
    altered: blocks.length - known.length,
    problems: eventsOfType(events, 'problem').length,
  };
}

describe.each(['unknown', 'known'] as const)('Demuxer with confirmBlocks, Cluster size %s', (clusterSize) => {
  const bytes = connectCall(FRAGMENT_COUNT, clusterSize);
  const blocks = eventsOfType(readEvents(bytes), 'block');
  const original = new Map(blocks.map((block) => [keyOf(block), placeOf(block)]));
  const results = someDamages(DAMAGE_COUNT, bytes.length, 7).map((given, index) => {
    const chunkBytes = 64 + ((index * 97) % 4000);
    const events = readEvents(damage(bytes, given), { confirmBlocks: true, chunkBytes });
    return { given, got: compare(events, original) };
  });

  it('gives no block that is not of the stream where bytes are missing or too many', () => {
    const moved = results.filter(({ given }) => given.kind === 'missing' || given.kind === 'inserted');
    expect(moved.length).toBeGreaterThan(100);
    expect(moved.filter(({ got }) => got.altered > 0 || got.misplaced > 0)).toEqual([]);
  });

  it('gives at most the one block whose payload alone was overwritten, since nothing shows that', () => {
    const over = results.filter(({ given }) => given.kind === 'random' || given.kind === 'zeros');
    expect(over.filter(({ got }) => got.altered > 1 || got.misplaced > 0)).toEqual([]);
    expect(over.filter(({ given, got }) => got.altered > 0 && given.length > 1024)).toEqual([]);
  });

  it('loses a few blocks, not the fragment', () => {
    const lost = results.map(({ got }) => original.size - got.right).toSorted((a, b) => a - b);
    expect(lost[Math.floor(lost.length / 2)]).toBeLessThanOrEqual(3);
    expect(lost.at(-1)).toBeLessThanOrEqual(CONNECT_BLOCK_COUNT + 3);
  });

  it('tells of every place where blocks are missing, in one problem and rarely two', () => {
    const silent = results.filter(({ got }) => got.problems === 0 && got.right + got.altered < original.size);
    expect(silent).toEqual([]);
    expect(Math.max(...results.map(({ got }) => got.problems))).toBeLessThanOrEqual(2);
  });
});

const tracks = [
  { number: 1, trackType: 2, codecId: 'A_PCM/INT/LIT' },
  { number: 2, trackType: 2, codecId: 'A_PCM/INT/LIT' },
];
const header = muxHeader({ tracks });
const blockAt = (relativeTimestamp: number, trackNumber = 1): Uint8Array =>
  muxSimpleBlock({ trackNumber, relativeTimestamp, payload: noise(relativeTimestamp + trackNumber, 320) });
const run = (from: number, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => [
    blockAt((from + index) * 20),
    blockAt((from + index) * 20, 2),
  ]).flat();
const timesOf = (events: readonly MatroskaEvent[]): number[] =>
  eventsOfType(events, 'block').map(({ timestampMs }) => timestampMs);

describe('Demuxer after damage in a Cluster', () => {
  it('goes on with the next block of the Cluster, and tells what is missing between', () => {
    const start = concatBytes([header, muxClusterStart(1000), ...run(0, 3)]);
    const events = readEvents(concatBytes([start, new Uint8Array(654), ...run(4, 3)]));
    expect(timesOf(events)).toEqual(
      [0, 0, 20, 20, 40, 40, 80, 80, 100, 100, 120, 120].map((ms) => ms + 1000),
    );
    expect(eventsOfType(events, 'problem')).toMatchObject([
      { code: 'matroska.damaged', offset: start.length, skippedBytes: 654 },
    ]);
    expect(eventsOfType(events, 'clusterStart')).toHaveLength(1);
  });

  it.each([
    { name: 'of a track that Tracks does not name', given: [blockAt(80, 3), blockAt(100, 3)] },
    { name: 'earlier than the block before', given: [blockAt(20), blockAt(40)] },
    {
      name: 'with reserved flags',
      given: [80, 100].map((ms) => muxElement(ElementId.SimpleBlock, Uint8Array.of(0x81, 0, ms, 0xf0, 1, 2))),
    },
    { name: 'that leads nowhere', given: [blockAt(80), new Uint8Array(9)] },
    {
      name: 'much larger than those before',
      given: [muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 80, payload: noise(1, 1000) })],
    },
  ])('does not go on with a block $name', ({ given }) => {
    const bytes = concatBytes([header, muxClusterStart(0), ...run(0, 3), new Uint8Array(100), ...given]);
    const events = readEvents(concatBytes([bytes, muxClusterStart(500), blockAt(0)]));
    expect(timesOf(events)).toEqual([0, 0, 20, 20, 40, 40, 500]);
  });

  it('does not take the blocks of the next Cluster, whose header is lost, for its own', () => {
    for (let lostBytes = 333; lostBytes < 4000; lostBytes += 333) {
      const lost = [new Uint8Array(lostBytes), ...run(0, 20)];
      const bytes = concatBytes([
        header,
        muxClusterStart(0),
        ...run(0, 10),
        ...lost,
        muxClusterStart(900),
        ...run(0, 2),
      ]);
      const times = timesOf(readEvents(bytes));
      expect(
        times.filter((ms) => ms > 180 && ms < 900),
        `${lostBytes} bytes`,
      ).toEqual([]);
    }
  });

  it('does not trust a Cluster without a sound block behind its Timestamp', () => {
    const before = concatBytes([header, muxClusterStart(0), ...run(0, 10), muxClusterStart(200)]);
    const bytes = concatBytes([
      before,
      new Uint8Array(300),
      ...run(1, 5),
      muxClusterStart(400),
      ...run(0, 1),
    ]);
    expect(timesOf(readEvents(bytes)).filter((ms) => ms >= 200)).toEqual([400, 400]);
  });

  it('takes a second Timestamp for the lost beginning of another Cluster', () => {
    const clusterHead = muxClusterStart(300);
    const withoutId = clusterHead.subarray(12);
    const bytes = concatBytes([
      header,
      muxClusterStart(0),
      ...run(0, 4),
      withoutId,
      ...run(0, 4),
      muxClusterStart(600),
      blockAt(0),
    ]);
    expect(timesOf(readEvents(bytes))).toEqual([0, 0, 20, 20, 40, 40, 60, 60, 600]);
  });
});

describe('Demuxer with confirmBlocks', () => {
  it('gives all blocks of a sound stream, each before what follows it', () => {
    const bytes = concatBytes([
      header,
      muxCluster({ timestamp: 0, blocks: [{ trackNumber: 1, relativeTimestamp: 0, payload: noise(1, 50) }] }),
      connectCall(2, 'unknown'),
      header,
      muxClusterStart(5),
      muxElement(ElementId.Void, new Uint8Array(20)),
      ...run(0, 2),
    ]);
    expect(readEvents(bytes, { confirmBlocks: true, chunkBytes: 1 })).toEqual(readEvents(bytes));
  });

  it('drops the block that an unknown element follows: it may be noise behind a wrong end', () => {
    const bytes = concatBytes([
      header,
      muxClusterStart(0),
      ...run(0, 2),
      muxElement(0x4abc, noise(1, 9)),
      ...run(2, 1),
    ]);
    const events = readEvents(bytes, { confirmBlocks: true });
    expect(timesOf(events)).toEqual([0, 0, 20, 40, 40]);
    expect(eventsOfType(events, 'problem').map(({ message }) => message)).toEqual([
      'Cannot be sure of block: element 0x4abc follows it',
    ]);
    expect(eventsOfType(readEvents(bytes), 'problem')).toEqual([]);
  });

  it('takes a block earlier than the one before on its audio track for one of another Cluster', () => {
    const bytes = concatBytes([
      header,
      muxClusterStart(0),
      ...run(0, 5),
      ...run(0, 5),
      muxClusterStart(500),
      blockAt(0),
    ]);
    const times = (confirmBlocks: boolean): number[] => timesOf(readEvents(bytes, { confirmBlocks }));
    expect(times(true)).toEqual([0, 0, 20, 20, 40, 40, 60, 60, 80, 500]);
    expect(times(false)).toHaveLength(21);
  });

  it('drops a last block that lacks as many bytes as the Tags behind it have, and reads those Tags', () => {
    const tagsOf = (value: string): Uint8Array => muxTags([{ name: 'ContactId', value }]);
    const cluster = concatBytes([header, muxClusterStart(0), ...run(0, 3)]);
    const missingBytes = tagsOf('a').length;
    for (const chunkBytes of [1, 100, Infinity]) {
      const cut = concatBytes([cluster.subarray(0, cluster.length - missingBytes), tagsOf('a'), tagsOf('b')]);
      const events = readEvents(cut, { confirmBlocks: true, chunkBytes });
      expect(timesOf(events)).toEqual([0, 0, 20, 20, 40]);
      expect(eventsOfType(events, 'tag').map(({ value }) => value)).toEqual(['a', 'b']);
      expect(eventsOfType(events, 'problem')).toHaveLength(1);
    }
  });

  it('gives a pair of blocks with the write that ends with it, and one that ends within a header later', () => {
    const demuxer = new Demuxer({ confirmBlocks: true });
    const [first, second, third] = [concatBytes(run(0, 1)), concatBytes(run(1, 1)), concatBytes(run(2, 1))];
    expect(timesOf([...demuxer.write(concatBytes([header, muxClusterStart(0), first]))])).toEqual([0, 0]);
    expect(timesOf([...demuxer.write(second)])).toEqual([20, 20]);
    expect(timesOf([...demuxer.write(concatBytes([third, second.subarray(0, 1)]))])).toEqual([40]);
  });

  it('gives the last block of a stream that ends with it, or within what follows', () => {
    const whole = concatBytes([header, muxClusterStart(0), ...run(0, 1)]);
    for (const cut of [0, 3, 200]) {
      const events = readEvents(whole.subarray(0, whole.length - cut), { confirmBlocks: true });
      expect(timesOf(events)).toEqual(cut === 0 ? [0, 0] : [0]);
    }
  });
});
