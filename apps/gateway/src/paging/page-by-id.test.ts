import { describe, expect, it } from 'vitest';
import { pageById, type Identified } from './page-by-id.ts';

function entries(...ids: readonly string[]): readonly Identified[] {
  return ids.map((id) => ({ id }));
}

const ALL = entries('A', 'B', 'C', 'D', 'E');

function paged(all: readonly Identified[], cursor: string | undefined, limit: number) {
  const page = pageById(all, { limit, ...(cursor === undefined ? {} : { cursor }) });
  if (page.type !== 'page') throw new Error('Cannot page: the cursor is not accepted');
  return { ids: page.items.map(({ id }) => id).join(''), next: page.nextCursor, prev: page.prevCursor };
}

describe('pageById', () => {
  it.each([
    { given: [undefined, 5], want: { ids: 'ABCDE', next: undefined, prev: undefined } },
    { given: [undefined, 2], want: { ids: 'AB', next: 'after-B', prev: undefined } },
    { given: ['after-B', 2], want: { ids: 'CD', next: 'after-D', prev: 'before-C' } },
    { given: ['after-D', 2], want: { ids: 'E', next: undefined, prev: 'before-E' } },
    { given: ['before-E', 2], want: { ids: 'CD', next: 'after-D', prev: 'before-C' } },
    { given: ['before-C', 2], want: { ids: 'AB', next: 'after-B', prev: undefined } },
    { given: ['before-B', 2], want: { ids: 'A', next: 'after-A', prev: undefined } },
    { given: ['after-E', 2], want: { ids: '', next: undefined, prev: 'before-Ez' } },
    { given: ['before-Ez', 2], want: { ids: 'DE', next: undefined, prev: 'before-D' } },
    { given: ['before-A', 2], want: { ids: '', next: undefined, prev: undefined } },
  ] as const)('$given.0 with $given.1 a page', ({ given, want }) => {
    expect(paged(ALL, given[0], given[1])).toEqual(want);
  });

  it('goes on where it was when entries were deleted, the one of the cursor too', () => {
    expect(paged(entries('A', 'D', 'E'), 'after-B', 2)).toMatchObject({ ids: 'DE' });
    expect(paged([], 'after-B', 2)).toEqual({ ids: '', next: undefined, prev: undefined });
  });

  it('meets every entry once, forth and back', () => {
    const forth = [paged(ALL, undefined, 2)];
    for (let next = forth[0]?.next; next !== undefined; next = forth.at(-1)?.next) {
      forth.push(paged(ALL, next, 2));
    }
    expect(forth.map(({ ids }) => ids)).toEqual(['AB', 'CD', 'E']);
    const back = [forth[2] ?? paged(ALL, undefined, 1)];
    for (let prev = back[0]?.prev; prev !== undefined; prev = back.at(-1)?.prev) {
      back.push(paged(ALL, prev, 2));
    }
    expect(back.map(({ ids }) => ids)).toEqual(['E', 'CD', 'AB']);
  });

  it.each(['', 'A', 'after-', 'beside-A', "after-A'", `after-${'A'.repeat(65)}`])('refuses %j', (cursor) => {
    expect(pageById(ALL, { cursor, limit: 2 })).toEqual({ type: 'cursor-invalid' });
  });
});
