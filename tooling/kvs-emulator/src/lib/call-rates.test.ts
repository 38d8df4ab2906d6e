import { describe, expect, it } from 'vitest';
import { CallRates } from './call-rates.ts';

describe('CallRates', () => {
  it('refuses one call too many of an operation on a stream within any second', () => {
    let nowMs = 0;
    const rates = new CallRates(2, { now: () => nowMs });
    const take = (operation = 'GetMedia', streamName = 's') => {
      try {
        rates.take(operation, streamName);
        return 'served';
      } catch (error) {
        return error instanceof Error && 'type' in error ? error.type : error;
      }
    };
    expect([take(), take('GetMedia', 't'), take('ListFragments')]).toEqual(['served', 'served', 'served']);
    nowMs = 600;
    expect([take(), take()]).toEqual(['served', 'ClientLimitExceededException']);
    nowMs = 1000;
    expect([take(), take()]).toEqual(['served', 'ClientLimitExceededException']);
    expect([take('DescribeStream'), take('DescribeStream'), take('DescribeStream')]).toEqual([
      'served',
      'served',
      'served',
    ]);
  });

  it('refuses nothing without a limit', () => {
    const rates = new CallRates(Number.POSITIVE_INFINITY, { now: () => 0 });
    for (let i = 0; i < 1000; i += 1) expect(() => rates.take('GetMedia', 's')).not.toThrow();
  });
});
