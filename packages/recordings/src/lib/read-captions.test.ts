import {
  ElementId,
  muxBlockGroup,
  muxCue,
  muxDocument,
  muxElement,
  muxHeader,
  muxMaster,
  muxOpenMaster,
  pcmTrack,
  subtitleTrack,
  type MuxBlockGroup,
  type MuxTrack,
} from '@earshot/matroska';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inChunks, SAMPLE_CUES, sampleFile } from '../testing/sample-recording.ts';
import { readCaptions } from './read-captions.ts';
import { isRecordingError } from './recording-error.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

function file(tracks: readonly MuxTrack[], blocks: readonly MuxBlockGroup[], timestampScaleNs = 1e6): Buffer {
  return Buffer.from(muxDocument({ tracks, timestampScaleNs, clusters: [{ timestamp: 0, blocks }] }));
}

const cue = (startMs: number, text: string, trackNumber = 1): MuxBlockGroup =>
  muxCue({ trackNumber, relativeTimestamp: startMs, durationTicks: 700, text });

describe('readCaptions', () => {
  it('tells tracks, and captions in order of time', async () => {
    const { tracks, cues } = await readCaptions(inChunks(await sampleFile(), 10_000));
    expect(tracks).toEqual([
      { number: 3, name: 'customer', language: 'eng', role: 'customer' },
      { number: 4, name: 'agent', language: 'eng', role: 'agent' },
    ]);
    expect(cues.map(({ trackNumber }) => trackNumber)).toEqual([4, 3, 4, 3]);
    expect(cues).toMatchObject(SAMPLE_CUES);
  });

  it.each([
    { name: 'Customer (English)', want: 'customer' },
    { name: 'AUDIO_TO_CUSTOMER', want: 'agent' },
    { name: 'the caller', want: 'customer' },
    { name: 'Agent', want: 'agent' },
    { name: 'agent and customer', want: undefined },
    { name: 'English', want: undefined },
    { name: 'reagent', want: undefined },
  ])('takes a track named $name for $want', async ({ name, want }) => {
    const bytes = file([subtitleTrack({ number: 1, name })], [cue(0, 'a')]);
    expect((await readCaptions(inChunks(bytes, 10))).cues[0]?.role).toBe(want);
  });

  it('rounds the times of a file with ticks of odd length', async () => {
    const bytes = file([subtitleTrack({ number: 1 })], [cue(2000, 'a')], 124_999);
    const { cues } = await readCaptions(inChunks(bytes, 100));
    expect(cues).toEqual([{ trackNumber: 1, startMs: 250, endMs: 337, text: 'a' }]);
  });

  it('ends a caption without a duration with the next of its track, or after 5 s', async () => {
    const endless = (relativeTimestamp: number, trackNumber: number): MuxBlockGroup => ({
      trackNumber,
      relativeTimestamp,
      // A reference makes it a BlockGroup without a duration.
      keyframe: false,
      payload: Buffer.from('a'),
    });
    const blocks = [endless(0, 1), endless(500, 2), endless(3000, 1)].map((block) => muxBlockGroup(block));
    const timestamp = muxElement(ElementId.Timestamp, Uint8Array.of(0));
    const bytes = Buffer.concat([
      muxHeader({ tracks: [subtitleTrack({ number: 1 }), subtitleTrack({ number: 2 })] }),
      muxMaster(ElementId.Cluster, [timestamp, ...blocks]),
    ]);
    const { cues } = await readCaptions(inChunks(bytes, 100));
    expect(cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 3000],
      [500, 5500],
      [3000, 8000],
    ]);
  });

  it('leaves a file without a subtitle track at once, and closes it', async () => {
    const bytes = file(
      [pcmTrack({ number: 1, sampleRateHz: 8000 })],
      [cue(0, 'a'), cue(1, 'b'.repeat(9999))],
    );
    let isClosed = false;
    const source = (async function* () {
      try {
        yield* inChunks(bytes, 300);
        throw new Error('was read to its end');
      } finally {
        isClosed = true;
      }
    })();
    expect(await readCaptions(source)).toEqual({ tracks: [], cues: [] });
    expect(isClosed).toBe(true);
  });

  it('keeps the captions before the end of a file that is cut off', async () => {
    const whole = file([subtitleTrack({ number: 1 })], [cue(0, 'first'), cue(1000, 'second'.repeat(100))]);
    const { cues } = await readCaptions(inChunks(whole.subarray(0, -50), 64));
    expect(cues.map(({ text }) => text)).toEqual(['first']);
  });

  it('reads several documents strung together', async () => {
    const document = file([subtitleTrack({ number: 1 })], [cue(100, 'a')]);
    const { tracks, cues } = await readCaptions(inChunks(Buffer.concat([document, document]), 50));
    expect(tracks).toHaveLength(1);
    expect(cues).toHaveLength(2);
  });

  it.each([
    { what: 'an element larger than allowed', limits: { elementBytesMax: 500 }, length: 20_000 },
    { what: 'more captions than allowed', limits: { cueCountMax: 1 }, length: 1 },
  ])('refuses $what', async ({ limits, length }) => {
    const blocks = [cue(0, 'a'), cue(1, 'b'), cue(2, 'c'.repeat(length))];
    const bytes = file([subtitleTrack({ number: 1 })], blocks);
    await expect(readCaptions(inChunks(bytes, 100), limits)).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.limit-exceeded' }),
    );
  });

  it.each([
    { what: 'nothing', bytes: Buffer.alloc(0) },
    { what: 'text', bytes: Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n'.repeat(100)) },
    { what: 'zeros', bytes: Buffer.alloc(100_000) },
  ])('refuses $what', async ({ bytes }) => {
    await expect(readCaptions(inChunks(bytes, 1000))).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.unreadable' }),
    );
  });

  it('refuses captions that are compressed in a way the library cannot undo', async () => {
    const compression = muxMaster(ElementId.ContentEncodings, [
      muxMaster(ElementId.ContentEncoding, [muxMaster(ElementId.ContentCompression, [])]),
    ]);
    const entry = [
      muxElement(ElementId.TrackNumber, Uint8Array.of(1)),
      muxElement(ElementId.TrackType, Uint8Array.of(17)),
      muxElement(ElementId.CodecID, Buffer.from('S_TEXT/UTF8')),
      compression,
    ];
    const bytes = Buffer.concat([
      muxOpenMaster(ElementId.Segment),
      muxMaster(ElementId.Tracks, [muxMaster(ElementId.TrackEntry, entry)]),
      muxMaster(ElementId.Cluster, [
        muxElement(ElementId.Timestamp, Uint8Array.of(0)),
        muxBlockGroup(cue(0, 'not zlib')),
      ]),
    ]);
    for (const size of [10, 100_000]) {
      await expect(readCaptions(inChunks(bytes, size))).rejects.toThrow(
        expect.objectContaining({
          code: 'recordings.unreadable',
          cause: expect.objectContaining({ message: 'incorrect header check' }),
        }),
      );
    }
  });

  it('ends with captions or an error of its own, whatever is damaged', async () => {
    const whole = await sampleFile();
    const damage = fc.record({
      at: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: whole.length })),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      cutAt: fc.option(fc.integer({ min: 0, max: whole.length })),
      chunkBytes: fc.integer({ min: 500, max: 500_000 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bytes, cutAt, chunkBytes }) => {
        const damaged = Buffer.from(whole);
        damaged.set(bytes.subarray(0, whole.length - at), at);
        const read = readCaptions(inChunks(damaged.subarray(0, cutAt ?? whole.length), chunkBytes));
        const outcome = await read.catch((error: unknown) => error);
        expect(outcome instanceof Error ? isRecordingError(outcome) : true).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
