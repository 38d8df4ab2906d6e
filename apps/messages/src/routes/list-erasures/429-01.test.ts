import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET erasures 429-01', () => {
  it('refuses a key that is over its quota', async () => {
    const { send } = retentionUnderTest({ requestsPerSecond: 1 });
    await send('GET', 'erasures');
    const response = await send('GET', 'erasures');
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await readProblem(response)).toMatchObject({ status: 429, code: '429-01' });
  });
});
