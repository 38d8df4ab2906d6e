export interface Identified {
  readonly id: string;
}

export interface PageById<Item extends Identified> {
  readonly type: 'page';
  readonly items: readonly Item[];
  /** `undefined` on the last page. */
  readonly nextCursor: string | undefined;
  /** `undefined` on the first page. */
  readonly prevCursor: string | undefined;
}

const CURSOR = /^(?<side>after|before)-(?<id>[0-9A-Za-z_]{1,64})$/;

/**
 * Cuts one page out of all entries, which are sorted by id. A cursor names the id it stands beside, not a position:
 * it stays good while entries are created and deleted, that one included.
 */
export function pageById<Item extends Identified>(
  all: readonly Item[],
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): PageById<Item> | { readonly type: 'cursor-invalid' } {
  const range = cursor === undefined ? { from: 0, to: limit } : rangeAt(all, cursor, limit);
  if (range === undefined) return { type: 'cursor-invalid' };
  const items = all.slice(range.from, range.to);
  const [first, last] = [items[0], items.at(-1)];
  return {
    type: 'page',
    items,
    nextCursor: last !== undefined && range.to < all.length ? `after-${last.id}` : undefined,
    prevCursor: prevCursor(all, range.from, first),
  };
}

function rangeAt(
  all: readonly Identified[],
  cursor: string,
  limit: number,
): { readonly from: number; readonly to: number } | undefined {
  const { side, id } = CURSOR.exec(cursor)?.groups ?? {};
  if (side === undefined || id === undefined) return undefined;
  if (side === 'after') {
    const from = all.filter((entry) => entry.id <= id).length;
    return { from, to: from + limit };
  }
  const to = all.filter((entry) => entry.id < id).length;
  return { from: Math.max(0, to - limit), to };
}

/** A page past the end, its entries deleted meanwhile, still leads back. */
function prevCursor(
  all: readonly Identified[],
  from: number,
  first: Identified | undefined,
): string | undefined {
  if (from === 0) return undefined;
  if (first !== undefined) return `before-${first.id}`;
  const last = all.at(-1);
  return last === undefined ? undefined : `before-${last.id}z`;
}
