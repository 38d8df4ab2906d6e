import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

describe('GET deliveries 400-03', () => {
  it.each(['?state=lost', '?limit=0', '?limit=101', '?limit=ten', '?guid=a%20b', '?cursor=nonsense'])(
    'refuses %s',
    async (query) => {
      const { get } = deliveriesUnderTest();
      expect(await readProblem(await get(query))).toMatchObject({ status: 400, code: '400-03' });
    },
  );
});
