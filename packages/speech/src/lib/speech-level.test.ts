import { describe, expect, it } from 'vitest';
import { scriptedPcm } from '../testing.ts';
import { loudnessDbfs } from './loudness.ts';
import { levelSpeech } from './speech-level.ts';

const loudestDbfs = (pcm: Int16Array): number => Math.round(loudnessDbfs(pcm.subarray(4000, 8000)));

describe('levelSpeech', () => {
  it.each([
    { given: 'quiet speech', amplitude: 1000, want: -10 },
    { given: 'speech at a usual level', amplitude: 8000, want: -10 },
    { given: 'loud speech', amplitude: 32_000, want: -10 },
    { given: 'noise of a line, by 30 dB at most', amplitude: 50, want: -31 },
  ])('brings $given to $want dBFS where it is loudest', ({ amplitude, want }) => {
    const pcm = scriptedPcm([
      { durationMs: 500, amplitude: amplitude / 8 },
      { durationMs: 500, amplitude },
    ]);
    expect(loudestDbfs(levelSpeech(pcm))).toBe(want);
  });

  it('cuts peaks at full scale and leaves its input as it is', () => {
    const pcm = new Int16Array(1600);
    pcm.fill(300, 0, 800);
    pcm[900] = 20_000;
    pcm[901] = -20_000;
    const before = pcm.slice();
    const levelled = levelSpeech(pcm);
    expect([levelled[900], levelled[901]]).toEqual([32_767, -32_768]);
    expect(pcm).toEqual(before);
  });

  it('keeps silence, and audio shorter than its window', () => {
    expect(levelSpeech(new Int16Array(2000))).toEqual(new Int16Array(2000));
    expect(levelSpeech(new Int16Array(0))).toEqual(new Int16Array(0));
    expect(loudnessDbfs(levelSpeech(Int16Array.of(2000, -2000, 2000, -2000)))).toBeCloseTo(-10, 1);
  });
});
