import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { muxDocument, pcmTrack } from '@earshot/matroska';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captionFile, recordedCall } from '../testing/captioned-call.ts';
import { chooseTracks } from './captioned-sides.ts';
import { readMatroska } from './read-matroska.ts';

const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).error === undefined;
const cue = { role: 'agent', startMs: 0, endMs: 900, text: 'Hello' } as const;
const asked = { role: undefined, signal: new AbortController().signal };

let folder: string;
const place = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-captioned-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readMatroska', () => {
  it('reads both sides and the captions of a recording', async () => {
    const { sides, captions } = await readMatroska(
      await place('ours.mkv', await recordedCall('g', [cue])),
      asked,
    );
    expect(captions).toEqual([cue]);
    expect(sides.map(({ role, pcm }) => [role, pcm.length, pcm[0], pcm.at(-1)])).toEqual([
      ['customer', 8000, 1000, 1000],
      ['agent', 8000, -1000, -1000],
    ]);
  });

  it('reads what Connect recorded, called AAC and without captions, as PCM', async () => {
    const { audio: _, ...track } = pcmTrack({ number: 1, name: 'AUDIO_TO_CUSTOMER', sampleRateHz: 8000 });
    const payload = Buffer.from(new Int16Array(80).fill(7).buffer);
    const file = muxDocument({
      tracks: [{ ...track, codecId: 'A_AAC' }],
      clusters: [
        { timestamp: 1_726_677_688_724, blocks: [{ trackNumber: 1, relativeTimestamp: 0, payload }] },
      ],
    });
    const { sides, captions } = await readMatroska(await place('connect.mkv', file), asked);
    expect(captions).toEqual([]);
    expect(sides).toEqual([{ role: 'agent', pcm: new Int16Array(80).fill(7) }]);
  });

  it.skipIf(!hasFfmpeg)('has ffmpeg decode other audio, laid by its times, left and right', async () => {
    const ours = await place('to-convert.mkv', await recordedCall('g', [cue]));
    const theirs = join(folder, 'theirs.mkv');
    const stereo = '[0:a:0][0:a:1]join=inputs=2:channel_layout=stereo,adelay=500|500,atrim=start=0.5[a]';
    const input = ['-v', 'error', '-y', '-copyts', '-i', ours, '-filter_complex', stereo];
    const output = [
      '-map',
      '[a]',
      '-map',
      '0:s:1',
      '-metadata:s:a:0',
      'title=',
      '-c:a',
      'flac',
      '-c:s',
      'copy',
    ];
    execFileSync('ffmpeg', [...input, ...output, theirs]);
    const { sides, captions } = await readMatroska(theirs, asked);
    expect(captions).toEqual([cue]);
    expect(sides.map(({ role, pcm }) => [role, pcm[0], pcm[4001], pcm.length])).toEqual([
      ['customer', 0, 1000, 12_000],
      ['agent', 0, -1000, 12_000],
    ]);
  });

  it.skipIf(!hasFfmpeg)('says so when ffmpeg cannot decode the audio', async () => {
    const track = { number: 9, trackType: 2, codecId: 'A_VORBIS', name: 'agent' };
    const file = await place(
      'broken.mkv',
      captionFile(['agent'], [{ track: 1, startMs: 0, text: 'a' }], [track]),
    );
    await expect(readMatroska(file, asked)).rejects.toThrow(/ffmpeg could not decode its A_VORBIS/);
  });

  it.each([
    { what: 'is not there', bytes: undefined, want: /there is no such file/ },
    { what: 'has no audio', bytes: captionFile(['agent'], []), want: /it has no audio/ },
    { what: 'is no Matroska', bytes: Buffer.alloc(5000, 'x'), want: /Cannot find a track/ },
    {
      what: 'has captions of another kind',
      bytes: captionFile([], [], [{ number: 1, trackType: 17, codecId: 'D_WEBVTT/SUBTITLES' }]),
      want: /captions are D_WEBVTT\/SUBTITLES, not S_TEXT; write it anew/,
    },
  ])('says what is wrong with a file that $what', async ({ bytes, want }) => {
    const path = bytes === undefined ? join(folder, 'none.mkv') : await place('wrong.mkv', bytes);
    await expect(readMatroska(path, asked)).rejects.toThrow(want);
  });
});

describe('chooseTracks', () => {
  const audio = (index: number, more: object = {}) => ({
    number: index + 1,
    index,
    codecId: 'A_OPUS',
    sampleRateHz: 48_000,
    channels: 1,
    isReadable: false,
    ...more,
  });

  it.each([
    { given: [audio(0)], want: [[0, ['customer']]] },
    { given: [audio(0, { channels: 2 })], want: [[0, ['customer', 'agent']]] },
    {
      given: [audio(0), audio(1)],
      want: [
        [0, ['customer']],
        [1, ['agent']],
      ],
    },
    {
      given: [
        audio(0),
        audio(1, { role: 'agent' }),
        audio(2, { role: 'customer' }),
        audio(3, { role: 'agent' }),
      ],
      want: [
        [2, ['customer']],
        [1, ['agent']],
      ],
    },
    { given: [audio(0, { role: 'agent', channels: 2 })], want: [[0, ['agent', 'agent']]] },
  ])('takes the sides that names, channels and order tell: $want', ({ given, want }) => {
    expect(chooseTracks('f', given).map(({ audio: { index }, roles }) => [index, roles])).toEqual(want);
  });

  it.each([
    { given: [], want: /no audio/ },
    { given: [audio(0), audio(1), audio(2)], want: /no name of its 3 audio tracks/ },
    { given: [audio(0, { channels: 2 }), audio(1)], want: /no name of its 2 audio tracks/ },
  ])('asks for names where it cannot tell: $want', ({ given, want }) => {
    expect(() => chooseTracks('f', given)).toThrow(want);
  });
});
