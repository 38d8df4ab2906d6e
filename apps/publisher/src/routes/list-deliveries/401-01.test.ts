import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

describe('GET deliveries 401-01', () => {
  it('refuses a wrong secret', async () => {
    const { get, asked } = deliveriesUnderTest();
    const problem = await readProblem(await get('', { 'asapp-api-secret': 'wrong' }));
    expect(problem).toMatchObject({ status: 401, code: '401-01' });
    expect(asked).toEqual([]);
  });
});
