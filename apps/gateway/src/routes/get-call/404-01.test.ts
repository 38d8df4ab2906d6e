import { describe, expect, it } from 'vitest';
import { gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('GET calls/{guid} 404-01', () => {
  it('knows no call that was never started', async () => {
    const { get } = await gatewayUnderTest();
    const problem = await readProblem(await get('/earshot/v1/calls/nobody'));
    expect(problem).toMatchObject({ status: 404, code: '404-01', detail: 'No call with this guid' });
  });
});
