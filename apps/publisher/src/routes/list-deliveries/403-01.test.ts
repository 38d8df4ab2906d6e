import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

describe('GET deliveries 403-01', () => {
  it('refuses a key without the scope webhooks:admin', async () => {
    const { get, asked } = deliveriesUnderTest({ scopes: ['stream:write', 'messages:read'] });
    expect(await readProblem(await get())).toMatchObject({ status: 403, code: '403-01' });
    expect(asked).toEqual([]);
  });
});
