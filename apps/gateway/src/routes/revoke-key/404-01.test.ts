import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, KEYS } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';
import { storedKey } from '../../testing/stored-key.ts';

describe('keys/{apiId} 404-01', () => {
  const owners = [
    { given: 'a key of another tenant', change: { tenantId: 'tenant-2' } },
    { given: 'a key of another app', change: { appId: 'app-2' } },
    { given: 'no key', change: { apiId: 'ek_2' } },
  ];
  it.each(owners)('knows nothing of $given, whatever is asked', async ({ change }) => {
    const { keys, send } = await gatewayUnderTest({ scopes: ['admin'] });
    const stored = storedKey('ek_1', change);
    await keys.insert(stored);
    for (const [method, path, body] of [
      ['DELETE', ''],
      ['POST', '/rotate', {}],
    ] as const) {
      const problem = await readProblem(await send(method, `${KEYS}/ek_1${path}`, body));
      expect(problem).toMatchObject({ status: 404, code: '404-01', detail: 'No key with this id' });
    }
    expect(await keys.find(stored.apiId)).toMatchObject({ revokedAtMs: undefined });
  });
});
