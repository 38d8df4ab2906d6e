import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 401-01', () => {
  it.each(REDACTION_OPERATIONS)('refuses $method $path with a wrong secret', async (operation) => {
    const { send } = await gatewayUnderTest({ scopes: ['admin'] });
    const { method, path, body } = operation;
    const response = await send(method, path, body, { 'asapp-api-secret': 'wrong' });
    expect(await operation.readRefusal(response)).toEqual({
      status: 401,
      code: '401-01',
      message: 'Unauthorized',
    });
  });
});
