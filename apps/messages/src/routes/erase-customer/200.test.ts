import { describe, expect, it } from 'vitest';
import { retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('DELETE customer 200', () => {
  it('answers a receipt that does not name the customer, and 404 where there is none', async () => {
    const { send } = retentionUnderTest();
    const response = await send('DELETE', 'customers/caller');
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ subject: 'customer', complete: true });
    expect(text).not.toContain('caller');
    expect((await send('DELETE', 'customers/nobody')).status).toBe(404);
  });
});
