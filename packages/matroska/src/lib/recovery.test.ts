import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { connectFragment, CONNECT_BLOCK_COUNT, noise } from '../testing/connect-fragment.ts';
import { ElementId } from './element-id.ts';
import type { MatroskaEvent } from './matroska-event.ts';
import { muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement } from './mux-element.ts';
import { muxHeader } from './mux-header.ts';

const FRAGMENT_COUNT = 12;
const DAMAGED = 5;
const SOUND_BLOCK_COUNT = (FRAGMENT_COUNT - 1) * CONNECT_BLOCK_COUNT;

const fragmentNumbers = Array.from({ length: FRAGMENT_COUNT }, (_, number) => number);
const fragmentsBySize = {
  unknown: fragmentNumbers.map((number) => connectFragment(number, 'unknown')),
  known: fragmentNumbers.map((number) => connectFragment(number, 'known')),
};
type ClusterSize = keyof typeof fragmentsBySize;

/** Twelve fragments, the sixth of them damaged. */
function streamWith(damage: (fragment: Uint8Array) => Uint8Array, clusterSize: ClusterSize): Uint8Array {
  const fragments = fragmentsBySize[clusterSize];
  return concatBytes(fragments.map((fragment, number) => (number === DAMAGED ? damage(fragment) : fragment)));
}

function overwrite(bytes: Uint8Array, at: number, by: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(by.subarray(0, Math.max(0, bytes.length - at)), at);
  return copy;
}

function remove(bytes: Uint8Array, at: number, length: number): Uint8Array {
  return concatBytes([bytes.subarray(0, at), bytes.subarray(at + length)]);
}

/** Payloads of every fragment but the damaged one, in order. */
function soundPayloads(clusterSize: ClusterSize): Uint8Array[] {
  const sound = fragmentsBySize[clusterSize].filter((_, number) => number !== DAMAGED);
  return eventsOfType(readEvents(concatBytes(sound)), 'block').flatMap((block) => block.frames);
}

/** How many of `wanted` come in this order among the payloads of the stream. */
function foundInOrder(events: readonly MatroskaEvent[], wanted: readonly Uint8Array[]): number {
  let found = 0;
  for (const { frames } of eventsOfType(events, 'block')) {
    const want = wanted[found];
    if (want !== undefined && Buffer.compare(frames[0] ?? new Uint8Array(), want) === 0) found += 1;
  }
  return found;
}

const damages = [
  {
    name: '400 random bytes',
    apply: (bytes: Uint8Array, at: number) => overwrite(bytes, at, noise(at, 400)),
  },
  {
    name: '1500 random bytes',
    apply: (bytes: Uint8Array, at: number) => overwrite(bytes, at, noise(at, 1500)),
  },
  { name: '700 missing bytes', apply: (bytes: Uint8Array, at: number) => remove(bytes, at, 700) },
  { name: '400 zeros', apply: (bytes: Uint8Array, at: number) => overwrite(bytes, at, new Uint8Array(400)) },
  {
    name: '300 bytes too many',
    apply: (bytes: Uint8Array, at: number) =>
      concatBytes([bytes.subarray(0, at), noise(at, 300), bytes.subarray(at)]),
  },
];

describe('recovery', () => {
  for (const clusterSize of ['unknown', 'known'] as const) {
    const wanted = soundPayloads(clusterSize);
    it.each(damages)(`loses at most the fragment with $name (Cluster size ${clusterSize})`, ({ apply }) => {
      const fragmentBytes = connectFragment(DAMAGED, clusterSize).length;
      for (let at = 0; at < fragmentBytes - 1600; at += 1733) {
        const bytes = streamWith((fragment) => apply(fragment, at), clusterSize);
        const events = readEvents(bytes, { chunkBytes: 1400 });
        expect(foundInOrder(events, wanted), `damage at ${at}`).toBe(SOUND_BLOCK_COUNT);
      }
    });
  }

  it('loses no block to a zeroed EBML header and still tells the documents apart', () => {
    const events = readEvents(
      streamWith((fragment) => overwrite(fragment, 0, new Uint8Array(12)), 'unknown'),
    );
    expect(eventsOfType(events, 'block')).toHaveLength(FRAGMENT_COUNT * CONNECT_BLOCK_COUNT);
    expect(eventsOfType(events, 'documentStart')).toHaveLength(FRAGMENT_COUNT);
    expect(eventsOfType(events, 'problem')).toHaveLength(1);
  });

  it('loses at most the fragment that ends in the middle of anything', () => {
    const wanted = soundPayloads('unknown');
    const fragmentBytes = connectFragment(DAMAGED).length;
    for (let length = 1; length < fragmentBytes; length += 613) {
      const events = readEvents(streamWith((fragment) => fragment.subarray(0, length), 'unknown'));
      expect(foundInOrder(events, wanted), `cut at ${length}`).toBe(SOUND_BLOCK_COUNT);
    }
  });

  it('says where reading failed and how many bytes it passed over', () => {
    const before = concatBytes([
      muxHeader({ tracks: [{ number: 1, trackType: 2, codecId: 'A_OPUS' }] }),
      muxClusterStart(0),
      muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: Uint8Array.of(1) }),
    ]);
    const after = muxClusterStart(9);
    const events = readEvents(concatBytes([before, new Uint8Array(50), after]));
    expect(eventsOfType(events, 'problem')).toEqual([
      {
        type: 'problem',
        code: 'matroska.damaged',
        offset: before.length,
        message: 'Cannot read element: no element begins with these bytes',
        skippedBytes: 50,
      },
    ]);
    expect(eventsOfType(events, 'clusterStart').map((event) => event.timestamp)).toEqual([0, 9]);
  });

  it('begins in the middle of a stream at the first element it can be sure of', () => {
    const events = readEvents(concatBytes([connectFragment(0).subarray(1000), connectFragment(1)]));
    const [problem] = eventsOfType(events, 'problem');
    expect(problem).toMatchObject({ code: 'matroska.damaged', offset: 0 });
    expect(eventsOfType(events, 'block')).toHaveLength(CONNECT_BLOCK_COUNT);
    expect(eventsOfType(events, 'tag').map((event) => event.value)).toContain('1');
  });

  it('reports bytes that are not Matroska once, and holds none of them', () => {
    const events = readEvents(noise(1, 1_000_000), { chunkBytes: 1400 });
    expect(events).toMatchObject([
      { type: 'problem', code: 'matroska.damaged', offset: 0, skippedBytes: 1_000_000 },
    ]);
  });

  it.each([
    { name: 'a block', id: ElementId.SimpleBlock },
    { name: 'Void', id: ElementId.Void },
    { name: 'Tags', id: ElementId.Tags },
    { name: 'an element it does not know', id: 0x4abc },
  ])('does not wait for $name that claims ten million bytes once the next fragment is there', ({ id }) => {
    const claim = muxElement(id, new Uint8Array(10_000_000)).subarray(0, -10_000_000);
    const start = concatBytes([connectFragment(0), muxClusterStart(0)]);
    const events = readEvents(concatBytes([start, claim, noise(3, 500), connectFragment(1)]));
    expect(eventsOfType(events, 'block')).toHaveLength(2 * CONNECT_BLOCK_COUNT);
    expect(eventsOfType(events, 'problem')).toMatchObject([
      { code: 'matroska.damaged', offset: start.length },
    ]);
  });

  it('finds the document that begins inside the size of an element', () => {
    const cut = Uint8Array.of(0xec, 0x01, 0x00, 0x00);
    for (const chunkBytes of [1, 1400, Infinity]) {
      const bytes = concatBytes([connectFragment(0), cut, connectFragment(1)]);
      expect(eventsOfType(readEvents(bytes, { chunkBytes }), 'block')).toHaveLength(2 * CONNECT_BLOCK_COUNT);
    }
  });

  it('reports a Cluster that another document cuts short', () => {
    const bytes = concatBytes([connectFragment(0, 'known').subarray(0, -2000), connectFragment(1)]);
    const events = readEvents(bytes);
    expect(eventsOfType(events, 'block').length).toBeGreaterThanOrEqual(2 * CONNECT_BLOCK_COUNT - 3);
    expect(eventsOfType(events, 'documentEnd')).toHaveLength(2);
    expect(eventsOfType(events, 'problem')[0]?.code).toBe('matroska.damaged');
  });

  it.each([
    { name: 'an element', cut: 10, want: 'Cannot read SimpleBlock: stream ends 10 bytes before its end' },
    { name: 'a header', cut: 53, want: 'Cannot read element: stream ends inside its header' },
  ])('reports a stream that ends inside $name', ({ cut, want }) => {
    const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: new Uint8Array(48) });
    const bytes = concatBytes([connectFragment(0), muxHeader({ tracks: [] }), muxClusterStart(0), block]);
    const events = readEvents(bytes.subarray(0, -cut));
    const blockAt = bytes.length - block.length;
    expect(eventsOfType(events, 'problem')).toEqual([
      {
        type: 'problem',
        code: 'matroska.truncated',
        offset: blockAt,
        message: want,
        skippedBytes: block.length - cut,
      },
    ]);
    expect(events.at(-1)?.type).toBe('documentEnd');
  });

  it('reports a stream that ends between the blocks of a Cluster of known size', () => {
    const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload: new Uint8Array(48) });
    const cluster = muxElement(ElementId.Cluster, concatBytes([Uint8Array.of(0xe7, 0x81, 1), block, block]));
    const header = muxHeader({ tracks: [{ number: 1, trackType: 2, codecId: 'A_OPUS' }] });
    const bytes = concatBytes([header, cluster]).subarray(0, -block.length);
    expect(eventsOfType(readEvents(bytes), 'problem')).toMatchObject([
      {
        code: 'matroska.truncated',
        offset: bytes.length,
        message: `Cannot read Cluster to its end: stream ends ${block.length} bytes before it`,
      },
    ]);
  });

  it('reports nothing when a stream ends between elements of unknown-size masters', () => {
    expect(eventsOfType(readEvents(connectFragment(0)), 'problem')).toEqual([]);
  });
});
