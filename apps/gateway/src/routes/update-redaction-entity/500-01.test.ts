import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { REDACTION_OPERATIONS } from '../../testing/redaction-operations.ts';

describe('redaction 500-01', () => {
  it.each(REDACTION_OPERATIONS)(
    'answers an unexpected failure of $method $path without a word about it',
    async ({ method, path, body, readRefusal }) => {
      const redactionFails = new Error('relation "redaction_settings" is broken');
      const { send } = await gatewayUnderTest({ scopes: ['admin'], redactionFails });
      expect(await readRefusal(await send(method, path, body))).toEqual({
        status: 500,
        code: '500-01',
        message: 'Internal server error',
      });
    },
  );
});
