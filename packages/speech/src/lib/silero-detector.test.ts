import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scriptedPcm } from '../testing.ts';
import { Endpointer } from './endpointer.ts';
import { realSpeech } from '../testing/real-speech.ts';
import { createSileroDetector } from './silero-detector.ts';
import type { VoiceActivityDetector } from './voice-activity.ts';

let detector: VoiceActivityDetector;
beforeAll(async () => {
  detector = await createSileroDetector();
});
afterAll(async () => {
  await detector.close();
});

describe('createSileroDetector', () => {
  it('hears no speech in silence and in a tone', async () => {
    const track = detector.open();
    const pcm = scriptedPcm([
      { durationMs: 320, amplitude: 0 },
      { durationMs: 320, amplitude: 9000 },
    ]);
    for (let offset = 0; offset + 256 <= pcm.length; offset += 256) {
      expect(await track.probability(pcm.subarray(offset, offset + 256))).toBeLessThan(0.5);
    }
  });

  it('judges on from a snapshot as if nothing had happened', async () => {
    const pcm = Int16Array.from({ length: 8192 }, (_, index) => ((index * 7919) % 12_000) - 6000);
    const frames = Array.from({ length: 32 }, (_, index) => pcm.subarray(index * 256, (index + 1) * 256));
    const track = detector.open();
    for (const frame of frames.slice(0, 20)) await track.probability(frame);
    const restored = detector.open(track.snapshot());
    for (const frame of frames.slice(20)) {
      expect(await restored.probability(frame)).toBe(await track.probability(frame));
    }
  });

  it('refuses a snapshot of another size', () => {
    expect(() => detector.open(new Uint8Array(7))).toThrow(
      'Cannot restore voice activity: 7 bytes, want 1152',
    );
  });

  it('refuses weights whose hash is wrong', async () => {
    const model = { packageName: '@ricky0123/vad-web', path: 'package.json', sha256: 'f00' };
    await expect(createSileroDetector({ model })).rejects.toThrow(
      /^Cannot use model file package\.json .* want f00/,
    );
  });

  it('refuses weights that are not there', async () => {
    const model = { packageName: '@ricky0123/vad-web', path: 'dist/none.onnx', sha256: '' };
    await expect(createSileroDetector({ model })).rejects.toThrow('Cannot find model file dist/none.onnx');
  });

  it('lets an endpointer cut real speech the same in one push, in 64 ms chunks and across a take-over', async () => {
    const pcm = await realSpeech();
    const whole = Endpointer.create(detector);
    const want = [...(await whole.push(pcm)), ...(await whole.flush())];
    let chunked = Endpointer.create(detector);
    const got = [];
    const takeOverAt = Math.floor(pcm.length / 2);
    for (let offset = 0; offset < pcm.length; offset += 512) {
      if (offset <= takeOverAt && offset + 512 > takeOverAt) {
        const snapshot = chunked.snapshot();
        chunked = Endpointer.create(detector, {}, snapshot);
        got.push(...(await chunked.push(pcm.subarray(snapshot.anchorSample, offset))));
      }
      got.push(...(await chunked.push(pcm.subarray(offset, offset + 512))));
    }
    got.push(...(await chunked.flush()));
    expect(want.length).toBeGreaterThan(1);
    expect(got).toEqual(want);
  });
});
