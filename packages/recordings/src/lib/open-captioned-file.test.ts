import { muxCue, muxDocument, pcmTrack, subtitleTrack } from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import {
  collect,
  inChunks,
  SAMPLE_CUES,
  SAMPLE_INFO,
  sampleFile,
  voicedPcm,
} from '../testing/sample-recording.ts';
import { openCaptionedFile } from './open-captioned-file.ts';
import { plainCaption } from './plain-caption.ts';
import { readTrackPcm } from './read-track-pcm.ts';

describe('openCaptionedFile', () => {
  it('tells of a recording of ours title, beginning, sides and captions', async () => {
    const opened = await openCaptionedFile(inChunks(await sampleFile(), 10_000));
    expect(opened).toMatchObject({
      title: SAMPLE_INFO.title,
      startedAtMs: SAMPLE_INFO.startedAtMs,
      durationMs: SAMPLE_INFO.durationMs,
      missedCueCount: 0,
      subtitleCodecs: ['S_TEXT/UTF8', 'S_TEXT/UTF8'],
    });
    const pcm = { codecId: 'A_PCM/INT/LIT', sampleRateHz: 8000, channels: 1, isReadable: true };
    expect(opened.audio).toEqual([
      { number: 1, index: 0, name: 'AUDIO_FROM_CUSTOMER', role: 'customer', ...pcm },
      { number: 2, index: 1, name: 'AUDIO_TO_CUSTOMER', role: 'agent', ...pcm },
    ]);
    expect(opened.cues).toMatchObject(SAMPLE_CUES);
  });

  it('does not take the date at which somebody else wrote a file for that of the call', async () => {
    const info = { writingApp: 'another', dateMs: 5, tracks: [subtitleTrack({ number: 1 })] };
    const opened = await openCaptionedFile(inChunks(muxDocument({ ...info, clusters: [] }), 100));
    expect(opened.startedAtMs).toBeUndefined();
  });

  it('counts captions in SimpleBlocks, which cannot be read, and names codecs that cannot', async () => {
    const simple = { trackNumber: 1, relativeTimestamp: 0, payload: Buffer.from('unread') };
    const file = muxDocument({
      tracks: [subtitleTrack({ number: 1 }), { number: 2, trackType: 17, codecId: 'D_WEBVTT/SUBTITLES' }],
      clusters: [
        {
          timestamp: 0,
          blocks: [simple, muxCue({ trackNumber: 1, relativeTimestamp: 1, durationTicks: 1, text: 'a' })],
        },
      ],
    });
    const { missedCueCount, subtitleCodecs, cues } = await openCaptionedFile(inChunks(file, 30));
    expect([missedCueCount, cues.length]).toEqual([1, 1]);
    expect(subtitleCodecs).toEqual(['S_TEXT/UTF8', 'D_WEBVTT/SUBTITLES']);
  });

  it('tells the audio of a file without captions', async () => {
    const tracks = [
      { number: 7, trackType: 2, codecId: 'A_OPUS', audio: { samplingFrequencyHz: 48_000, channels: 2 } },
    ];
    const file = muxDocument({ tracks, clusters: [] });
    const { audio, cues } = await openCaptionedFile(inChunks(file, 50));
    expect(cues).toEqual([]);
    expect(audio).toEqual([
      { number: 7, index: 0, codecId: 'A_OPUS', sampleRateHz: 48_000, channels: 2, isReadable: false },
    ]);
  });
});

describe('readTrackPcm', () => {
  const audio = {
    number: 1,
    index: 0,
    codecId: 'A_PCM/INT/LIT',
    sampleRateHz: 8000,
    channels: 1,
    isReadable: true,
  };
  const block = (relativeTimestamp: number, payload: Uint8Array) => ({
    trackNumber: 1,
    relativeTimestamp,
    payload,
  });
  const read = async (blocks: readonly ReturnType<typeof block>[]) => {
    const tracks = [pcmTrack({ number: 1, sampleRateHz: 8000 })];
    return await collect(
      readTrackPcm(inChunks(muxDocument({ tracks, clusters: [{ timestamp: 0, blocks }] }), 999), audio),
    );
  };
  const first = voicedPcm(1600, 1);
  const second = voicedPcm(1600, 2);

  it.each([
    { what: 'follows', atMs: 100, want: [first, second] },
    { what: 'follows but for rounding', atMs: 115, want: [first, second] },
    { what: 'leaves time out', atMs: 150, want: [first, Buffer.alloc(800), second] },
    { what: 'overlaps', atMs: 50, want: [first, second.subarray(800)] },
    { what: 'is heard already', atMs: 0, want: [first] },
  ])('lays a block that $what by its time', async ({ atMs, want }) => {
    expect((await read([block(0, first), block(atMs, second)])).equals(Buffer.concat(want))).toBe(true);
  });

  it('begins with silence where the track begins late', async () => {
    const pcm = await read([block(1000, first)]);
    expect(pcm.equals(Buffer.concat([Buffer.alloc(16_000), first]))).toBe(true);
  });

  it('refuses what is not 16-bit PCM, and a gap of more than a day', async () => {
    const other = { ...audio, codecId: 'A_OPUS', isReadable: false };
    await expect(collect(readTrackPcm(inChunks(first, 10), other))).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.unreadable' }),
    );
    const clusters = [{ timestamp: 90_000_000, blocks: [block(0, first)] }];
    const file = muxDocument({ tracks: [pcmTrack({ number: 1, sampleRateHz: 8000 })], clusters });
    await expect(collect(readTrackPcm(inChunks(file, 999), audio))).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.limit-exceeded' }),
    );
  });
});

describe('plainCaption', () => {
  it.each([
    { given: 'My PIN is ####.', want: 'My PIN is ####.' },
    { given: '<i>Two</i>\nlines', want: 'Two lines' },
    { given: '{\\an8}<font color="#fff">Up</font>\\Nthere', want: 'Up there' },
    { given: '<v Agent>Hello', want: 'Hello' },
    { given: 'a < b and c > d {e}', want: 'a < b and c > d {e}' },
    { given: ' \n ', want: '' },
  ])('of $given is $want', ({ given, want }) => {
    expect(plainCaption(given)).toBe(want);
  });
});
