import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 429-01', () => {
  it.each(REDACTION_OPERATIONS)(
    'refuses $method $path over the quota of the key and tells when to come back',
    async ({ method, path, body, readRefusal }) => {
      const { send } = await gatewayUnderTest({ scopes: ['admin'], requestsPerSecond: 1 });
      await send(method, path, body);
      const response = await send(method, path, body);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await readRefusal(response)).toMatchObject({ status: 429, code: '429-01' });
    },
  );
});
