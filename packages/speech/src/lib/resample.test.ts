import { describe, expect, it } from 'vitest';
import { resamplePcm } from './resample.ts';

function tone(rateHz: number, frequencyHz: number, durationMs = 400): Int16Array {
  return Int16Array.from({ length: (rateHz * durationMs) / 1000 }, (_, index) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * frequencyHz * index) / rateHz)),
  );
}

/** Largest sample away from the ends, where silence outside is heard. */
function peak(pcm: Int16Array): number {
  return pcm.subarray(200, -200).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

describe('resamplePcm', () => {
  it.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000])(
    'carries speech band tones from %i Hz to 8 kHz',
    (rate) => {
      for (const frequencyHz of [300, 1000, 3000]) {
        const resampled = resamplePcm(tone(rate, frequencyHz), rate, 8000);
        const want = tone(8000, frequencyHz);
        expect(resampled).toHaveLength(want.length);
        const difference = resampled.map((sample, index) => sample - (want[index] ?? 0));
        expect(peak(difference)).toBeLessThan(30);
      }
    },
  );

  it.each([16_000, 44_100, 48_000])('keeps what 8 kHz cannot carry out of it, from %i Hz', (rate) => {
    for (const frequencyHz of [4500, 5000, 7000]) {
      expect(peak(resamplePcm(tone(rate, frequencyHz), rate, 8000))).toBeLessThan(20);
    }
  });

  it('keeps a constant and stays within 16 bits', () => {
    const loud = new Int16Array(4800).fill(32_767);
    const resampled = resamplePcm(loud, 48_000, 8000);
    expect(resampled.at(400)).toBe(32_767);
    expect(Math.max(...resampled)).toBe(32_767);
  });

  it('gives the same samples back at the same rate', () => {
    const pcm = tone(8000, 440);
    expect(resamplePcm(pcm, 8000, 8000)).toBe(pcm);
  });

  it.each([0, 3999, 8000.5, 200_000, Number.NaN])('refuses %d Hz', (rate) => {
    expect(() => resamplePcm(new Int16Array(8), rate, 8000)).toThrow(
      'not a whole number from 4000 to 192000',
    );
  });
});
