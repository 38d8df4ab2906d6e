import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 413-01', () => {
  it.each(REDACTION_OPERATIONS.filter(({ body }) => body !== undefined))(
    'refuses a body of $method $path of more than 65536 bytes',
    async ({ method, path, body, readRefusal }) => {
      const { send } = await gatewayUnderTest({ scopes: ['admin'] });
      const response = await send(method, path, { ...body, padding: 'x'.repeat(65_536) });
      expect(await readRefusal(response)).toMatchObject({ status: 413, code: '413-01' });
    },
  );
});
