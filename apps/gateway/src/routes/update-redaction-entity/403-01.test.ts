import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 403-01', () => {
  it.each(REDACTION_OPERATIONS)('refuses $method $path without the scope admin', async (operation) => {
    const scopes = ['stream:write', 'messages:read', 'webhooks:admin'] as const;
    const { send } = await gatewayUnderTest({ scopes });
    const response = await send(operation.method, operation.path, operation.body);
    expect(await operation.readRefusal(response)).toEqual({
      status: 403,
      code: '403-01',
      message: 'The key lacks the scope admin',
    });
  });
});
