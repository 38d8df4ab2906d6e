import { muxDocument, pcmTrack } from '@earshot/matroska';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collect,
  inChunks,
  SAMPLE_INFO,
  sampleFile,
  samplePart,
  voicedPcm,
} from '../testing/sample-recording.ts';
import { assembleRecording } from './assemble-recording.ts';
import { isRecordingError } from './recording-error.ts';
import { recordingToWav } from './recording-to-wav.ts';
import { wavByteCount } from './wav-header.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const HEADER_BYTES = 44;

/** One channel: 0 left, 1 right. */
function channelOf(wav: Buffer, channel: number): Buffer {
  const samples = (wav.length - HEADER_BYTES) / 4;
  const pcm = Buffer.alloc(samples * 2);
  for (let sample = 0; sample < samples; sample++) {
    pcm.writeInt16LE(wav.readInt16LE(HEADER_BYTES + sample * 4 + channel * 2), sample * 2);
  }
  return pcm;
}

describe('recordingToWav', () => {
  it('gives the customer left and the agent right, silent where muted or left out', async () => {
    const wav = await collect(recordingToWav(inChunks(await sampleFile(), 5000), SAMPLE_INFO.durationMs));
    expect(wav).toHaveLength(wavByteCount(SAMPLE_INFO.durationMs));
    const ms = 16;
    const customer = Buffer.concat([
      voicedPcm(7_000 * ms, 1),
      Buffer.alloc(2_000 * ms),
      voicedPcm(1_000 * ms, 9_001),
      voicedPcm(3_337 * ms, 10_001),
      Buffer.alloc(663 * ms),
    ]).fill(0, 4_120 * ms, 5_480 * ms);
    const agent = Buffer.concat([
      voicedPcm(7_000 * ms, 2),
      Buffer.alloc(2_000 * ms),
      voicedPcm(1_000 * ms, 9_002),
      voicedPcm(3_337 * ms, 10_002),
      Buffer.alloc(663 * ms),
    ]);
    expect(channelOf(wav, 0).equals(customer)).toBe(true);
    expect(channelOf(wav, 1).equals(agent)).toBe(true);
  });

  it('tells format and lengths in its header', async () => {
    const wav = await collect(recordingToWav(inChunks(await sampleFile(), 9999), 1000));
    expect(wav.subarray(0, HEADER_BYTES).toString('hex')).toBe(
      Buffer.concat([
        Buffer.from('RIFF'),
        le32(36 + 32_000),
        Buffer.from('WAVEfmt '),
        le32(16),
        // PCM, two channels, 8000 Hz, 32000 bytes a second, 4 bytes a frame, 16 bits.
        Buffer.from('01000200401f0000007d000004001000', 'hex'),
        Buffer.from('data'),
        le32(32_000),
      ]).toString('hex'),
    );
  });

  it.each([0, 1, 13_999, 60_000])('lasts exactly %s ms, whatever the recording has', async (durationMs) => {
    const wav = await collect(recordingToWav(inChunks(await sampleFile(), 65_536), durationMs));
    expect(wav).toHaveLength(wavByteCount(durationMs));
  });

  it('is the same in chunks of any length', async () => {
    const whole = samplePart({ fromMs: 0, toMs: 14_000 });
    const one = assembleRecording(SAMPLE_INFO, [whole]);
    const want = await collect(recordingToWav(one.bytes, 14_000));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400_000 }), async (chunkBytes) => {
        const file = await collect(assembleRecording(SAMPLE_INFO, [whole]).bytes);
        const wav = await collect(recordingToWav(inChunks(file, chunkBytes), 14_000));
        expect(wav.equals(want)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('is silent on a side that comes too late or not at all, and goes on', async () => {
    const block = (trackNumber: number, at: number) => ({
      trackNumber,
      relativeTimestamp: at,
      payload: voicedPcm(1600, 1),
    });
    const late = Array.from({ length: 200 }, (_, index) => block(1, index * 100));
    const file = muxDocument({
      tracks: [
        pcmTrack({ number: 1, name: 'AUDIO_FROM_CUSTOMER', sampleRateHz: 8000 }),
        pcmTrack({ number: 2, name: 'AUDIO_TO_CUSTOMER', sampleRateHz: 8000 }),
      ],
      clusters: [{ timestamp: 0, blocks: [...late, block(2, 0), block(2, 19_900)] }],
    });
    const wav = await collect(recordingToWav(inChunks(file, 1000), 20_000));
    expect(channelOf(wav, 0).equals(Buffer.concat(late.map(({ payload }) => payload)))).toBe(true);
    const agent = channelOf(wav, 1);
    expect(agent.subarray(0, -1600).every((byte) => byte === 0)).toBe(true);
    expect(agent.subarray(-1600).equals(voicedPcm(1600, 1))).toBe(true);
  });

  it.each([
    { what: 'no sides', tracks: [pcmTrack({ number: 1, sampleRateHz: 8000 })] },
    {
      what: 'another rate',
      tracks: [pcmTrack({ number: 1, name: 'AUDIO_TO_CUSTOMER', sampleRateHz: 16_000 })],
    },
    {
      what: 'two channels',
      tracks: [pcmTrack({ number: 1, name: 'AUDIO_TO_CUSTOMER', sampleRateHz: 8000, channels: 2 })],
    },
  ])('refuses a file with $what', async ({ tracks }) => {
    const file = muxDocument({ tracks, clusters: [] });
    await expect(collect(recordingToWav(inChunks(file, 1000), 100))).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.unreadable' }),
    );
  });

  it('lasts as long whatever is damaged', async () => {
    const whole = await sampleFile();
    const damage = fc.record({
      at: fc.oneof(fc.integer({ min: 300, max: 900 }), fc.integer({ min: 0, max: whole.length })),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      cutAt: fc.option(fc.integer({ min: 700, max: whole.length })),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bytes, cutAt }) => {
        const damaged = Buffer.from(whole);
        damaged.set(bytes.subarray(0, whole.length - at), at);
        const source = inChunks(damaged.subarray(0, cutAt ?? whole.length), 50_000);
        const outcome = await collect(recordingToWav(source, 2000)).catch((error: unknown) => error);
        const isWhole = Buffer.isBuffer(outcome) && outcome.length === wavByteCount(2000);
        expect(isWhole || isRecordingError(outcome)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('asks for no more of the file than is read of it', async () => {
    let asked = 0;
    const file = await sampleFile();
    const source = (async function* () {
      for await (const chunk of inChunks(file, 10_000)) {
        asked += 1;
        yield chunk;
      }
    })();
    let read = 0;
    for await (const chunk of recordingToWav(source, 14_000)) {
      read += chunk.length;
      if (read > 44) break;
    }
    expect(asked).toBeLessThan(20);
  });
});

describe('wavByteCount', () => {
  it.each([
    { given: 0, want: 44 },
    { given: 1, want: 76 },
    { given: 1000, want: 32_044 },
  ])('of $given ms is $want', ({ given, want }) => {
    expect(wavByteCount(given)).toBe(want);
  });

  it.each([-1, 0.5, Number.NaN, 38 * 3_600_000])('refuses %s ms', (durationMs) => {
    expect(() => wavByteCount(durationMs)).toThrow(
      expect.objectContaining({ code: 'recordings.invalid-argument' }),
    );
  });
});

function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
