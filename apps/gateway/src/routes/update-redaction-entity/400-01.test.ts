import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';

describe('redaction 400-01', () => {
  it.each([
    ['PATCH', `${REDACTION_ENTITIES}/PIN`],
    ['PUT', REDACTION_POLICY],
  ] as const)('refuses a body of %s %s that is not JSON', async (method, path) => {
    const { send, redactionSettings } = await gatewayUnderTest({ scopes: ['admin'] });
    for (const body of ['', '{"policies": ', 'mode=strict']) {
      const response = await send(method, path, body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('"400-01"');
    }
    expect(await redactionSettings.get('tenant-1')).toEqual({ type: 'none' });
  });
});
