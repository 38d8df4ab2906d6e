import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { noise } from '../testing/connect-fragment.ts';
import { muxCue } from './mux-cluster.ts';
import { muxDocument } from './mux-document.ts';
import type { MuxSize } from './mux-element.ts';
import { pcmTrack, subtitleTrack } from './mux-track.ts';

const cues = [
  { startMs: 0, durationMs: 900, text: 'Thank you for calling' },
  { startMs: 1250, durationMs: 2100, text: 'Two lines\r\nof text' },
  { startMs: 33_000, durationMs: 1, text: 'Zwölf Boxkämpfer — 日本語 🎧' },
];
const pcm = Array.from({ length: 4 }, (_, index) => noise(index, 1600));

/** A call of two sides with a transcript, one Cluster for every 30 seconds. */
function document(size: MuxSize): Uint8Array {
  const blocks = pcm.map((payload, index) => ({
    trackNumber: (index % 2) + 1,
    relativeTimestamp: Math.floor(index / 2) * 100,
    payload,
  }));
  const clusters = [0, 30_000].map((timestamp) => ({
    timestamp,
    blocks: [
      ...(timestamp === 0 ? blocks : []),
      ...cues
        .filter(({ startMs }) => startMs >= timestamp && startMs < timestamp + 30_000)
        .map(({ startMs, durationMs, text }) =>
          muxCue({ trackNumber: 3, relativeTimestamp: startMs - timestamp, durationTicks: durationMs, text }),
        ),
    ],
  }));
  return muxDocument(
    {
      tracks: [
        pcmTrack({ number: 1, name: 'customer', sampleRateHz: 8000 }),
        pcmTrack({ number: 2, name: 'agent', sampleRateHz: 8000 }),
        subtitleTrack({ number: 3, name: 'transcript', language: 'eng' }),
      ],
      durationTicks: 34_000,
      tagsBeforeCluster: [{ name: 'TITLE', value: 'a call' }],
      tagsAfterClusters: [{ name: 'CONTACT', value: 'c-1' }],
      clusters,
    },
    { size },
  );
}

interface SubtitleTrack {
  readonly number: number;
  readonly language: string;
  readonly type: string;
  readonly name: string;
}

/** What an independent library makes of the subtitles. It ships no types: this is what is used of it. */
async function readSubtitles(bytes: Uint8Array): Promise<{ tracks: SubtitleTrack[]; cues: typeof cues }> {
  const { SubtitleParser } = createRequire(import.meta.url)('matroska-subtitles') as {
    readonly SubtitleParser: new () => Writable;
  };
  const parser = new SubtitleParser();
  const tracks: SubtitleTrack[] = [];
  const found: { startMs: number; durationMs: number; text: string }[] = [];
  parser.on('tracks', (given: SubtitleTrack[]) => tracks.push(...given));
  parser.on('subtitle', (given: { text: string; time: number; duration: number }) => {
    // Its times are floating-point numbers.
    const [startMs, durationMs] = [Math.round(given.time), Math.round(given.duration)];
    found.push({ startMs, durationMs, text: given.text });
  });
  const finished = once(parser, 'finish');
  parser.end(Buffer.from(bytes));
  await finished;
  return { tracks, cues: found };
}

describe.each<MuxSize>(['known', 'known-8-bytes', 'unknown'])('muxDocument with %s sizes', (size) => {
  it('is read back as it was given', () => {
    const events = readEvents(document(size), { strict: true, verifyCrc32: true, chunkBytes: 100 });
    const blocks = eventsOfType(events, 'block');
    expect(blocks.filter(({ trackNumber }) => trackNumber !== 3).flatMap(({ frames }) => frames)).toEqual(
      pcm,
    );
    const decoder = new TextDecoder();
    expect(
      blocks
        .filter(({ trackNumber }) => trackNumber === 3)
        .map(({ timestampMs, durationMs, frames }) => ({
          startMs: timestampMs,
          durationMs,
          text: decoder.decode(frames[0]),
        })),
    ).toEqual(cues);
    expect(eventsOfType(events, 'info')[0]?.durationMs).toBe(34_000);
    expect(
      eventsOfType(events, 'track').map(({ track }) => [track.name, track.language, track.audio]),
    ).toEqual([
      ['customer', undefined, { samplingFrequencyHz: 8000, channels: 1, bitDepth: 16 }],
      ['agent', undefined, { samplingFrequencyHz: 8000, channels: 1, bitDepth: 16 }],
      ['transcript', 'eng', undefined],
    ]);
    expect(eventsOfType(events, 'tag').map(({ name, position }) => [name, position])).toEqual([
      ['TITLE', 'before-cluster'],
      ['CONTACT', 'after-cluster'],
    ]);
  });

  it('has subtitles that matroska-subtitles reads back equal', async () => {
    const read = await readSubtitles(document(size));
    expect(read.tracks).toEqual([{ number: 3, language: 'eng', type: 'utf8', name: 'transcript' }]);
    expect(read.cues).toEqual(cues);
  });
});

describe('pcmTrack', () => {
  it.each([0, 12, 64])('refuses a bit depth of %s', (bitDepth) => {
    expect(() => pcmTrack({ number: 1, sampleRateHz: 8000, bitDepth })).toThrow(
      expect.objectContaining({ code: 'matroska.invalid-argument' }),
    );
  });
});
