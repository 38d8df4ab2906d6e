import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleRecording, recordingToWav } from './index.ts';
import { ffmpeg, ffprobe, hasFfmpeg } from './testing/ffmpeg.ts';
import {
  collect,
  inChunks,
  SAMPLE_INFO,
  sampleFile,
  samplePart,
  voicedPcm,
} from './testing/sample-recording.ts';

const MS = 16;

/** One side of the sample as it has to sound. */
function sideOf(seed: number): Buffer {
  return Buffer.concat([
    voicedPcm(7_000 * MS, seed),
    Buffer.alloc(2_000 * MS),
    voicedPcm(1_000 * MS, 9_000 + seed),
    voicedPcm(3_337 * MS, 10_000 + seed),
    Buffer.alloc(663 * MS),
  ]);
}

const customer = sideOf(1).fill(0, 4_120 * MS, 5_480 * MS);
const agent = sideOf(2);

describe.skipIf(!hasFfmpeg)('a recording, as ffmpeg plays it', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recordings-ffmpeg-'));
    file = join(folder, 'call.mkv');
    writeFileSync(file, await sampleFile());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has two sides and two captions, with names, language, title and duration', () => {
    const told = ffprobe(file, '-show_streams', '-show_format') as {
      readonly streams: readonly { codec_name: string; tags: object; disposition: { default: number } }[];
      readonly format: { duration: string; tags: object };
    };
    const language = 'eng';
    expect(told.streams.map(({ codec_name: codec, tags }) => ({ codec, ...tags }))).toEqual([
      { codec: 'pcm_s16le', language, title: 'AUDIO_FROM_CUSTOMER' },
      { codec: 'pcm_s16le', language, title: 'AUDIO_TO_CUSTOMER' },
      { codec: 'subrip', language, title: 'customer' },
      { codec: 'subrip', language, title: 'agent' },
    ]);
    expect(told.streams.map(({ disposition }) => disposition.default)).toEqual([1, 1, 1, 1]);
    expect(told.format).toMatchObject({
      duration: '14.000000',
      tags: { title: 'guid-1', creation_time: '2026-11-23T12:30:00.250000Z' },
    });
  });

  it.each([
    { stream: '0:a:0', want: customer },
    { stream: '0:a:1', want: agent },
  ])('sounds as it was recorded, muted and left-out spans silent: $stream', ({ stream, want }) => {
    expect(ffmpeg('-i', file, '-map', stream, '-f', 's16le').equals(want)).toBe(true);
  });

  it('shows the captions of either side at their times', () => {
    // It parts lines as SubRip files do.
    const captions = (stream: string) =>
      ffmpeg('-i', file, '-map', stream, '-f', 'srt').toString().replaceAll('\r\n', '\n');
    expect(captions('0:s:0')).toBe(
      '1\n00:00:01,250 --> 00:00:03,350\nTwo lines\nof text\n\n' +
        '2\n00:00:12,000 --> 00:00:12,001\nMy PIN is ####.\n\n',
    );
    expect(captions('0:s:1')).toBe(
      '1\n00:00:00,000 --> 00:00:00,900\nThank you for calling\n\n' +
        '2\n00:00:09,999 --> 00:00:11,500\nZwölf Boxkämpfer — 日本語 🎧\n\n',
    );
  });

  it.each([0.05, 4.9, 5, 9.5, 12.3])('plays on from %s s by its index', (fromSeconds) => {
    const heard = ffmpeg('-ss', `${fromSeconds}`, '-i', file, '-map', '0:a:1', '-t', '1', '-f', 's16le');
    const want = agent.subarray(fromSeconds * 1000 * MS, (fromSeconds + 1) * 1000 * MS);
    expect(heard.equals(want)).toBe(true);
  });

  it('leads to the end of a long call without being read through', async () => {
    const long = join(folder, 'long.mkv');
    const part = samplePart({ fromMs: 597_000, toMs: 600_000 });
    const info = { ...SAMPLE_INFO, durationMs: 600_000 };
    await writeFile(long, assembleRecording(info, [part]).bytes);
    const { stdout, stderr } = spawnSync(
      'ffmpeg',
      ['-v', 'verbose', '-nostdin', '-ss', '598', '-i', long, '-map', '0:a:0', '-t', '1', '-f', 's16le', '-'],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    expect(stdout.equals(voicedPcm(3_000 * MS, 597_001).subarray(1_000 * MS, 2_000 * MS))).toBe(true);
    const readBytes = /Statistics: (\d+) bytes read/.exec(stderr.toString())?.[1];
    expect(Number(readBytes)).toBeLessThan(1_000_000);
  });

  it('is the stereo that ffmpeg makes of both sides', async () => {
    const wav = await collect(recordingToWav(inChunks(await sampleFile(), 65_536), SAMPLE_INFO.durationMs));
    const wavFile = join(folder, 'call.wav');
    writeFileSync(wavFile, wav);
    const merged = ['-filter_complex', '[0:a:0][0:a:1]join=inputs=2:channel_layout=stereo', '-f', 's16le'];
    const want = ffmpeg('-i', file, ...merged);
    expect(ffmpeg('-i', wavFile, '-f', 's16le').equals(want)).toBe(true);
    expect(ffprobe(wavFile, '-show_format')).toMatchObject({ format: { duration: '14.000000' } });
  });
});
