import { describe, expect, it } from 'vitest';
import { upsample8To16 } from './upsample.ts';

const tone = (rateHz: number, length: number, frequencyHz: number): number[] =>
  Array.from({ length }, (_, index) => 0.5 * Math.sin((2 * Math.PI * frequencyHz * index) / rateHz));

describe('upsample8To16', () => {
  it('keeps every sample and adds one after each', () => {
    const output = upsample8To16(Int16Array.of(-32_768, 0, 16_384));
    expect([output.length, output[0], output[2], output[4]]).toEqual([6, -1, 0, 0.5]);
  });

  it.each([200, 1000, 3000])('gives a tone of %i Hz within 1 % of the same tone at 16 kHz', (frequencyHz) => {
    const input = Int16Array.from(tone(8000, 800, frequencyHz), (value) => Math.round(value * 32_768));
    const want = tone(16_000, 1600, frequencyHz);
    const worst = [...upsample8To16(input)]
      .slice(64, -64)
      .reduce((most, value, index) => Math.max(most, Math.abs(value - (want[index + 64] ?? 0))), 0);
    expect(worst).toBeLessThan(0.005);
  });
});
