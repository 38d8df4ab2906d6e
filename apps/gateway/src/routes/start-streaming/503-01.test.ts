import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 503-01', () => {
  it('tells to come back when the store cannot be reached', async () => {
    const startFails = new AppError('storage.unavailable', 'Cannot connect to 10.1.2.3', { retryable: true });
    const { post } = await gatewayUnderTest({ startFails });
    const response = await post(START, GUIDE_START);
    expect(response.headers.get('retry-after')).toBe('1');
    const refusal = await readRefusal(response);
    expect(refusal).toEqual({ status: 503, code: '503-01', message: 'Service unavailable' });
  });
});
