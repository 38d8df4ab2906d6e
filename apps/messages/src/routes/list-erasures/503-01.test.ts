import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET erasures 503-01', () => {
  it('tells to come back when the store cannot be reached', async () => {
    const erasuresFailure = new AppError('storage.unavailable', 'Cannot connect', { retryable: true });
    const response = await retentionUnderTest({ erasuresFailure }).send('GET', 'erasures');
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await readProblem(response)).toMatchObject({ status: 503, code: '503-01' });
  });
});
