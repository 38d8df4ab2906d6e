import { demux, type MatroskaEvent } from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import {
  collect,
  SAMPLE_INFO,
  sampleFile,
  sampleParts,
  samplePart,
  inChunks,
} from '../testing/sample-recording.ts';
import { assembleRecording } from './assemble-recording.ts';
import type { RecordingPart } from './recording-pieces.ts';

async function eventsOf(bytes: AsyncIterable<Uint8Array>): Promise<MatroskaEvent[]> {
  const events: MatroskaEvent[] = [];
  for await (const event of demux(bytes, { strict: true })) events.push(event);
  return events;
}

function withBytes(part: RecordingPart, change: (bytes: Buffer) => Uint8Array): RecordingPart {
  return {
    ...part,
    open: async function* () {
      yield change(await collect(toAsync(part.open())));
    },
  };
}

async function* toAsync(source: ReturnType<RecordingPart['open']>): AsyncGenerator<Uint8Array> {
  yield* source;
}

describe('assembleRecording', () => {
  it('tells the length of the file beforehand, and gives the same bytes every time', async () => {
    const { byteCount, bytes } = assembleRecording(SAMPLE_INFO, sampleParts());
    const file = await collect(bytes);
    expect(file).toHaveLength(byteCount);
    expect((await sampleFile()).equals(file)).toBe(true);
  });

  it('tells title, language, beginning and duration', async () => {
    const events = await eventsOf(assembleRecording(SAMPLE_INFO, sampleParts()).bytes);
    expect(events.find(({ type }) => type === 'info')).toMatchObject({
      title: 'guid-1',
      dateMs: SAMPLE_INFO.startedAtMs,
      durationMs: 14_000,
    });
    const tracks = events.flatMap((event) => (event.type === 'track' ? [event.track] : []));
    expect(tracks.map(({ number, name, language, codecId }) => [number, name, language, codecId])).toEqual([
      [1, 'AUDIO_FROM_CUSTOMER', 'eng', 'A_PCM/INT/LIT'],
      [2, 'AUDIO_TO_CUSTOMER', 'eng', 'A_PCM/INT/LIT'],
      [3, 'customer', 'eng', 'S_TEXT/UTF8'],
      [4, 'agent', 'eng', 'S_TEXT/UTF8'],
    ]);
  });

  it('goes on without a gap where parts leave time out, in order of time', async () => {
    const events = await eventsOf(assembleRecording(SAMPLE_INFO, sampleParts()).bytes);
    for (const trackNumber of [1, 2]) {
      let reachedMs = 0;
      for (const event of events) {
        if (event.type !== 'block' || event.trackNumber !== trackNumber) continue;
        expect(event.timestampMs).toBe(reachedMs);
        for (const frame of event.frames) reachedMs += frame.length / 16;
      }
      expect(reachedMs).toBe(14_000);
    }
  });

  it('is all silence when there is no part, and has no Cluster when it lasts no time', async () => {
    const silent = await eventsOf(assembleRecording({ ...SAMPLE_INFO, durationMs: 100 }, []).bytes);
    const frames = silent.flatMap((event) => (event.type === 'block' ? event.frames : []));
    expect(frames).toEqual([new Uint8Array(1600), new Uint8Array(1600)]);
    const { byteCount, bytes } = assembleRecording({ ...SAMPLE_INFO, durationMs: 0 }, []);
    const file = await collect(bytes);
    expect(file).toHaveLength(byteCount);
    const events = await eventsOf(inChunks(file, 1000));
    expect(events.some(({ type }) => type === 'clusterStart')).toBe(false);
  });

  it.each([1, 255, 256, 65_000, 17_000_000])('knows the length of silence from %s ms on', async (fromMs) => {
    const first = samplePart({ fromMs: 0, toMs: 1 });
    const last = samplePart({ fromMs: fromMs + 7_001, toMs: fromMs + 7_002 });
    const parts = [{ ...first, toMs: fromMs }, last];
    const recording = assembleRecording({ ...SAMPLE_INFO, durationMs: fromMs + 8_000 }, parts);
    expect(await collect(recording.bytes)).toHaveLength(recording.byteCount);
  });

  it('opens a part when its turn has come, and closes it when the reader stops', async () => {
    const log: string[] = [];
    const parts = sampleParts().map((part, index) => ({
      ...part,
      async *open() {
        log.push(`open ${index}`);
        try {
          for await (const chunk of part.open()) yield* inChunks(chunk, 1000);
        } finally {
          log.push(`close ${index}`);
        }
      },
    }));
    let chunks = 0;
    for await (const _ of assembleRecording(SAMPLE_INFO, parts).bytes) if (++chunks === 3) break;
    expect(log).toEqual(['open 0', 'close 0']);
  });

  it('finds the Clusters of parts in chunks of any length', async () => {
    const want = await sampleFile();
    for (const chunkBytes of [1, 7, 22, 4093]) {
      const parts = sampleParts().map((part) => ({
        ...part,
        open: async function* () {
          for await (const chunk of part.open()) yield* inChunks(chunk, chunkBytes);
        },
      }));
      expect((await collect(assembleRecording(SAMPLE_INFO, parts).bytes)).equals(want)).toBe(true);
    }
  });

  it.each([
    {
      what: 'overlap',
      given: [
        [0, 200],
        [100, 300],
      ],
      durationMs: 300,
    },
    {
      what: 'are out of order',
      given: [
        [200, 300],
        [0, 200],
      ],
      durationMs: 300,
    },
    { what: 'outlast the duration', given: [[0, 301]], durationMs: 300 },
  ])('refuses parts that $what', ({ given, durationMs }) => {
    const parts = given.map(([fromMs = 0, toMs = 0]) => samplePart({ fromMs, toMs }));
    expect(() => assembleRecording({ ...SAMPLE_INFO, durationMs }, parts)).toThrow(
      expect.objectContaining({ code: 'recordings.invalid-argument' }),
    );
  });

  it.each<{ what: string; change: (bytes: Buffer) => Uint8Array }>([
    { what: 'is too short', change: (bytes) => bytes.subarray(0, -1) },
    { what: 'is too long', change: (bytes) => Buffer.concat([bytes, Buffer.of(0)]) },
    { what: 'is not there', change: () => new Uint8Array(0) },
    { what: 'is something else', change: (bytes) => Buffer.alloc(bytes.length) },
    { what: 'has a Cluster of unknown size', change: (bytes) => Buffer.from(bytes).fill(0xff, 4, 12) },
    { what: 'ends within a Cluster', change: (bytes) => withSize(bytes, bytes.length) },
    { what: 'has a Cluster that is shorter than its head', change: (bytes) => withSize(bytes, 3) },
  ])('gives no file when a part $what', async ({ change }) => {
    const part = withBytes(samplePart({ fromMs: 0, toMs: 300 }), change);
    const { bytes } = assembleRecording({ ...SAMPLE_INFO, durationMs: 300 }, [part]);
    await expect(collect(bytes)).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.part-damaged', retryable: true }),
    );
  });
});

/** The same with another size of its first Cluster, in as many bytes: three, at this length. */
function withSize(bytes: Buffer, size: number): Buffer {
  const changed = Buffer.from(bytes);
  const lengthBytes = Math.clz32(changed.readUInt8(4)) - 23;
  changed.writeUIntBE(size + 2 ** (7 * lengthBytes), 4, lengthBytes);
  return changed;
}
