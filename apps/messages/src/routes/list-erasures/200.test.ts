import type { ErasureReceipt, VerifiedErasurePage } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { COUNTS, retentionUnderTest } from '../../testing/retention-under-test.ts';

/** One erasure, and a way to store others of it. */
async function erased() {
  const under = retentionUnderTest();
  const { complete: _, ...receipt } = (await (
    await under.send('DELETE', 'conversations/call')
  ).json()) as ErasureReceipt;
  const stored = under.receipts.get(receipt.id);
  if (stored === undefined) throw new Error('Cannot find the receipt of the test');
  const list = async (query = ''): Promise<VerifiedErasurePage> => {
    const response = await under.send('GET', `erasures${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as VerifiedErasurePage;
  };
  const storeOnly = (ids: readonly string[]): void => {
    under.receipts.clear();
    for (const erasureId of ids) under.receipts.set(erasureId, { ...stored, erasureId });
  };
  return { ...under, receipt, stored, list, storeOnly };
}

describe('GET erasures 200', () => {
  it('is empty where nothing was erased', async () => {
    const response = await retentionUnderTest().send('GET', 'erasures');
    expect(await response.json()).toEqual({ items: [] });
  });

  it('tells of an erasure what its receipt tells, and whether it is as it was given', async () => {
    const { receipt, stored, receipts, list, send } = await erased();
    expect(await list()).toEqual({ items: [{ ...receipt, verified: true }] });
    receipts.set(receipt.id, { ...stored, counts: { ...COUNTS, messages: 83 } });
    const [item] = (await list()).items;
    expect(item).toMatchObject({ id: receipt.id, verified: false });
    expect(await (await send('GET', `erasures/${receipt.id}`)).json()).toEqual(item);
  });

  it.each([1, 2, 3, 50])('pages by %i through all of them, none twice', async (limit) => {
    const { list, storeOnly } = await erased();
    storeOnly(['a', 'b', 'c']);
    const found: string[] = [];
    let query = `?limit=${limit}`;
    for (
      let next: string | undefined = 'first';
      next !== undefined;
      query = `?limit=${limit}&cursor=${next}`
    ) {
      const page = await list(query);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items.map(({ id }) => id));
      next = page.nextCursor;
    }
    expect(found).toEqual(['a', 'b', 'c']);
  });

  it('holds 50 of them unless asked otherwise', async () => {
    const { list, storeOnly } = await erased();
    storeOnly(Array.from({ length: 51 }, (_, index) => `id-${String(index).padStart(2, '0')}`));
    expect(await list()).toMatchObject({ items: { length: 50 }, nextCursor: 'id-49' });
  });

  it.each([
    { given: '', want: {} },
    { given: '?from=2026-11-22', want: { fromMs: Date.UTC(2026, 10, 22) } },
    { given: '?to=2026-11-22', want: { beforeMs: Date.UTC(2026, 10, 23) } },
    {
      given: '?from=2026-11-22&to=2026-11-22',
      want: { fromMs: Date.UTC(2026, 10, 22), beforeMs: Date.UTC(2026, 10, 23) },
    },
  ])('asks the store for the whole days of "$given"', async ({ given, want }) => {
    const { list, askedStretches } = await erased();
    await list(given);
    expect(askedStretches).toEqual([want]);
  });
});
