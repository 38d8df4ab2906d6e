import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 503-01', () => {
  it.each(REDACTION_OPERATIONS)(
    'tells $method $path to come back when the store cannot be reached',
    async ({ method, path, body, readRefusal }) => {
      const redactionFails = new AppError('storage.unavailable', 'Cannot connect to 10.1.2.3', {
        retryable: true,
      });
      const { send } = await gatewayUnderTest({ scopes: ['admin'], redactionFails });
      const response = await send(method, path, body);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await readRefusal(response)).toEqual({
        status: 503,
        code: '503-01',
        message: 'Service unavailable',
      });
    },
  );
});
