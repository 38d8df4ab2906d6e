import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 415-01', () => {
  it.each(REDACTION_OPERATIONS.filter(({ body }) => body !== undefined))(
    'refuses a body of $method $path that is not application/json',
    async ({ method, path, body, readRefusal }) => {
      const { send } = await gatewayUnderTest({ scopes: ['admin'] });
      const response = await send(method, path, body, { 'content-type': 'text/plain' });
      expect(await readRefusal(response)).toMatchObject({ status: 415, code: '415-01' });
    },
  );
});
