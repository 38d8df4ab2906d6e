import { describe, expect, it } from 'vitest';
import { distribution, formatMeasurement, median, quantile } from './harness.ts';

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    { given: { samples: hundred, share: 0.5 }, want: 50 },
    { given: { samples: hundred, share: 0.95 }, want: 95 },
    { given: { samples: hundred, share: 0.99 }, want: 99 },
    { given: { samples: hundred, share: 1 }, want: 100 },
    { given: { samples: hundred, share: 0 }, want: 1 },
    { given: { samples: [7], share: 0.5 }, want: 7 },
    { given: { samples: [3, 1, 2], share: 0.99 }, want: 3 },
    { given: { samples: [10, 9], share: 0.5 }, want: 9 },
  ])('takes the nearest rank: $given.share of $given.samples.length samples is $want', ({ given, want }) => {
    expect(quantile(given.samples, given.share)).toBe(want);
  });

  it('leaves the samples as they were', () => {
    const samples = [3, 1, 2];
    quantile(samples, 0.5);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('refuses to speak about no samples', () => {
    expect(() => quantile([], 0.5)).toThrow('Cannot take quantile 0.5: there are no samples');
  });
});

describe('median', () => {
  it.each([
    { given: [5], want: 5 },
    { given: [9, 1, 5], want: 5 },
    { given: [4, 1, 2, 3], want: 2.5 },
  ])('of $given is $want', ({ given, want }) => {
    expect(median(given)).toBe(want);
  });

  it('refuses to speak about no samples', () => {
    expect(() => median([])).toThrow('there are no samples');
  });
});

describe('distribution', () => {
  it('tells the median as the value, the quantiles and the count', () => {
    expect(distribution([40, 10, 30, 20])).toEqual({ value: 20, p50: 20, p95: 40, p99: 40, n: 4 });
  });
});

describe('formatMeasurement', () => {
  it('writes one line with the fields in their order', () => {
    const line = formatMeasurement({
      params: { shape: 'plain', readBytes: 65_536 },
      peer: 'ours',
      n: 3,
      p99: 3,
      p95: 2,
      p50: 1,
      value: 412.3,
      unit: 'MB/s',
      metric: 'throughput',
      bench: 'demux',
    });
    expect(line).toBe(
      '{"bench":"demux","metric":"throughput","unit":"MB/s","value":412.3,"p50":1,"p95":2,"p99":3,"n":3,' +
        '"peer":"ours","params":{"shape":"plain","readBytes":65536}}',
    );
  });

  it('leaves out what does not apply', () => {
    const line = formatMeasurement({ bench: 'start', metric: 'secondStart', unit: 's', value: 5 });
    expect(line).toBe('{"bench":"start","metric":"secondStart","unit":"s","value":5}');
  });

  it('cuts numbers to six significant digits', () => {
    expect(formatMeasurement({ bench: 'b', metric: 'm', unit: 's', value: 1 / 3 })).toContain(
      '"value":0.333333}',
    );
    expect(formatMeasurement({ bench: 'b', metric: 'm', unit: 's', value: 12_345_678 })).toContain(
      '"value":12345700}',
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s, which JSON has no word for', (value) => {
    expect(() => formatMeasurement({ bench: 'b', metric: 'm', unit: 's', value })).toThrow(
      'is not a finite number',
    );
  });
});
