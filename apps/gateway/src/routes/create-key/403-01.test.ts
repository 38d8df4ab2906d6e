import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, KEYS } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('keys 403-01', () => {
  it.each([
    ['GET', KEYS],
    ['POST', KEYS],
    ['DELETE', `${KEYS}/ek_1`],
    ['POST', `${KEYS}/ek_1/rotate`],
  ])('refuses %s %s without the scope admin', async (method, path) => {
    const { send } = await gatewayUnderTest({ scopes: ['stream:write', 'webhooks:admin'] });
    const problem = await readProblem(await send(method, path));
    expect(problem).toMatchObject({ code: '403-01', detail: 'The key lacks the scope admin' });
  });
});
