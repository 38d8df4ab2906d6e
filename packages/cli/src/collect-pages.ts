import { CliError } from './verb.ts';

const PAGE_COUNT_MAX = 100;

/** Items per page asked for. */
export const PAGE_ITEM_COUNT = 100;

/** All items over all pages, or the first `limit` of them. @throws CliError beyond 100 pages */
export async function collectPages<T>(
  fetchPage: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly items: readonly T[];
    readonly nextCursor?: string;
  }>,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  for (let pageCount = 0; pageCount < PAGE_COUNT_MAX; pageCount += 1) {
    const page = await fetchPage({ limit: PAGE_ITEM_COUNT, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.items);
    if (page.nextCursor === undefined || found.length >= limit) return found.slice(0, limit);
    cursor = page.nextCursor;
  }
  throw new CliError(`Cannot list: more than ${PAGE_COUNT_MAX} pages, narrow it down by options`);
}
