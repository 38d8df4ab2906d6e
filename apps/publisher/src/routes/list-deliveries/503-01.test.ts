import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

describe('GET deliveries 503-01', () => {
  it('tells to come back when the store cannot be reached', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot connect', { retryable: true });
    const { get } = deliveriesUnderTest({ listFails });
    expect(await readProblem(await get())).toEqual({
      status: 503,
      code: '503-01',
      detail: 'Service unavailable',
    });
  });
});
