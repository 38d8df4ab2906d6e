import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, SPEECH_SETTINGS } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('speech-settings 403-01', () => {
  it.each(['GET', 'PUT'])('wants the scope admin of %s', async (method) => {
    const { send } = await gatewayUnderTest({ scopes: ['stream:write'] });
    const body = method === 'PUT' ? { engine: null } : undefined;
    const problem = await readProblem(await send(method, SPEECH_SETTINGS, body));
    expect(problem).toMatchObject({ status: 403, code: '403-01' });
  });
});
