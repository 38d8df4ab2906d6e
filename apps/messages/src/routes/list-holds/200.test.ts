import type { LegalHoldPage } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { retentionUnderTest } from '../../testing/retention-under-test.ts';

const hold = (externalId: string) => ({
  externalId,
  placedAtMs: Date.UTC(2026, 10, 23, 12),
  placedBy: 'ek_1',
});

describe('GET holds 200', () => {
  it('is empty where nothing is held, and lists a hold until it is lifted', async () => {
    const { send } = retentionUnderTest();
    const list = async (): Promise<unknown> => (await send('GET', 'retention/holds')).json();
    expect(await list()).toEqual({ items: [] });
    await send('PUT', 'conversations/call/hold');
    const placed = { externalId: 'call', placedAt: '2026-11-23T12:00:00.000Z', placedBy: 'test-key' };
    expect(await list()).toEqual({ items: [placed] });
    await send('DELETE', 'conversations/call/hold');
    expect(await list()).toEqual({ items: [] });
  });

  it.each([1, 2, 3, 50])('pages by %i through all of them, none twice', async (limit) => {
    const { send, holds } = retentionUnderTest();
    for (const id of ['a', 'b', 'c']) holds.set(id, hold(id));
    const found: string[] = [];
    let query = `limit=${limit}`;
    for (
      let next: string | undefined = 'first';
      next !== undefined;
      query = `limit=${limit}&cursor=${next}`
    ) {
      const response = await send('GET', `retention/holds?${query}`);
      expect(response.status).toBe(200);
      const page = (await response.json()) as LegalHoldPage;
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items.map(({ externalId }) => externalId));
      next = page.nextCursor;
    }
    expect(found).toEqual(['a', 'b', 'c']);
  });

  it('holds 50 of them unless asked otherwise', async () => {
    const { send, holds } = retentionUnderTest();
    const ids = Array.from({ length: 51 }, (_, index) => `id-${String(index).padStart(2, '0')}`);
    for (const id of ids) holds.set(id, hold(id));
    const page = (await (await send('GET', 'retention/holds')).json()) as LegalHoldPage;
    expect(page).toMatchObject({ items: { length: 50 }, nextCursor: 'id-49' });
  });
});
