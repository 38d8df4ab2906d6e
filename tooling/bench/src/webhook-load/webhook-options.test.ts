import { describe, expect, it } from 'vitest';
import { BenchUsageError } from '../bench.ts';
import { readWebhookOptions } from './webhook-options.ts';

describe('readWebhookOptions', () => {
  it('measures both policies on both backends at four rates unless told otherwise', () => {
    expect(readWebhookOptions([])).toEqual({
      policies: ['durable', 'realtime'],
      backends: ['redis', 'postgres'],
      rates: [100, 500, 1000, 2000],
      seconds: 6,
      conversations: 200,
      isPlain: false,
      profileDirectory: undefined,
    });
  });

  it('takes lists, and leaves all but the rates out of a profile', () => {
    const args = ['--policies', 'realtime', '--backends', 'postgres', '--rates', '10,20', '--profile', '/p'];
    expect(readWebhookOptions(args)).toMatchObject({
      policies: ['realtime'],
      backends: ['postgres'],
      rates: [10, 20],
      isPlain: true,
      profileDirectory: '/p',
    });
  });

  it.each([
    ['--policies', 'durable,other'],
    ['--backends', ''],
    ['--rates', '100,0'],
    ['--seconds', '1.5'],
  ])('refuses %s %s', (option, text) => {
    expect(() => readWebhookOptions([option, text])).toThrow(BenchUsageError);
  });
});
