import { describe, expect, it } from 'vitest';
import { GUID, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('GET calls/{guid} 403-01', () => {
  it('refuses a key with neither stream:write nor messages:read', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['webhooks:admin'] });
    expect(await readProblem(await get(`/earshot/v1/calls/${GUID}`))).toMatchObject({ code: '403-01' });
  });
});
