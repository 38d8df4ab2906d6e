import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { GUIDE_STOP, gatewayUnderTest, STOP } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 503-01', () => {
  it('tells to come back when the store cannot be reached', async () => {
    const stopFails = new AppError('storage.unavailable', 'Cannot connect', { retryable: true });
    const { post } = await gatewayUnderTest({ stopFails });
    expect(await readRefusal(await post(STOP, GUIDE_STOP))).toMatchObject({ status: 503, code: '503-01' });
  });
});
