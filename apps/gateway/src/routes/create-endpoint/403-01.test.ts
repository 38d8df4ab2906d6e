import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('endpoints 403-01', () => {
  it.each([
    ['GET', ENDPOINTS],
    ['POST', ENDPOINTS],
    ['GET', `${ENDPOINTS}/3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11`],
    ['PATCH', `${ENDPOINTS}/3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11`],
    ['DELETE', `${ENDPOINTS}/3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11`],
    ['POST', `${ENDPOINTS}/3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11/pause`],
    ['POST', `${ENDPOINTS}/3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11/resume`],
    ['POST', `${ENDPOINTS}/3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11/rotate-secret`],
  ])('refuses %s %s without the scope webhooks:admin', async (method, path) => {
    const { send } = await gatewayUnderTest({ scopes: ['stream:write', 'messages:read'] });
    const problem = await readProblem(await send(method, path));
    expect(problem).toMatchObject({ code: '403-01', detail: expect.stringContaining('webhooks:admin') });
  });
});
