import { describe, expect, it } from 'vitest';
import { createEarshotClient } from './create-earshot-client.ts';

const hold = (externalId: string) => ({
  externalId,
  placedAt: '2026-11-23T12:00:00.000Z',
  placedBy: 'ek_1',
});
const PAGES: Readonly<Record<string, object>> = {
  '?limit=100': { items: [hold('a'), hold('b')], nextCursor: '01A' },
  '?limit=100&cursor=01A': { items: [hold('c')] },
};

function setUp(pages = PAGES) {
  const asked: string[] = [];
  const { retention } = createEarshotClient({
    baseUrl: 'http://earshot.test',
    apiId: 'id',
    apiSecret: 'secret',
    fetch: async ({ url }) => {
      const { pathname, search } = new URL(url);
      asked.push(pathname + search);
      return Response.json(pages[search] ?? {}, { status: search in pages ? 200 : 404 });
    },
  });
  return { retention, asked };
}

describe('retention.holds', () => {
  it('goes over all pages, asking for one when the one before is used up, and from the start again each time', async () => {
    const { retention, asked } = setUp();
    const holds = retention.holds();
    for (const _ of [1, 2]) {
      const askedAt: number[] = [];
      const found: unknown[] = [];
      for await (const one of holds) {
        found.push(one);
        askedAt.push(asked.length);
      }
      expect(found).toEqual(['a', 'b', 'c'].map(hold));
      expect(askedAt).toEqual([1, 1, 2]);
      expect(asked.splice(0)).toEqual(
        Object.keys(PAGES).map((query) => `/earshot/v1/retention/holds${query}`),
      );
    }
  });

  it('ends where there are none', async () => {
    const { retention, asked } = setUp({ '?limit=100': { items: [], nextCursor: '01A' } });
    for await (const one of retention.holds()) expect(one).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});

describe('retention.erasures', () => {
  it.each([
    { given: undefined, days: '' },
    { given: { from: '2026-11-01', to: '2026-11-22' }, days: 'from=2026-11-01&to=2026-11-22&' },
  ])('goes over all pages of the days $given', async ({ given, days }) => {
    const first = `?${days}limit=100`;
    const second = `${first}&cursor=1.a`;
    const { retention, asked } = setUp({
      [first]: { items: [{ id: 'b' }, { id: 'a' }], nextCursor: '1.a' },
      [second]: { items: [{ id: 'c' }] },
    });
    const found: string[] = [];
    for await (const { id } of retention.erasures(given)) found.push(id);
    expect(found).toEqual(['b', 'a', 'c']);
    expect(asked).toEqual([first, second].map((query) => `/earshot/v1/erasures${query}`));
  });
});

describe('retention.counts', () => {
  it.each([
    { given: undefined, want: '' },
    { given: { from: '2026-11-01' }, want: '?from=2026-11-01' },
    { given: { from: '2026-11-01', to: '2026-11-22' }, want: '?from=2026-11-01&to=2026-11-22' },
  ])('asks for the days $given', async ({ given, want }) => {
    const counts = { from: '2026-11-01', to: '2026-11-22', days: [] };
    const { retention, asked } = setUp({ [want]: counts });
    expect(await retention.counts(given)).toEqual(counts);
    expect(asked).toEqual([`/earshot/v1/retention/counts${want}`]);
  });
});
