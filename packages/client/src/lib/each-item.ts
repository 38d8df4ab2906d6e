/**
 * Every item over all pages, each asked for when the one before is used up. A place of its own for each reader, so that the
 * list may be gone through more than once.
 */
export function eachItem<T>(
  fetchPage: (page: { readonly cursor?: string }) => Promise<{
    readonly items: readonly T[];
    readonly nextCursor?: string;
  }>,
): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {
      let cursor: string | undefined;
      do {
        const { items, nextCursor } = await fetchPage(cursor === undefined ? {} : { cursor });
        yield* items;
        // A cursor that leads nowhere would be asked for ever.
        cursor = items.length === 0 ? undefined : nextCursor;
      } while (cursor !== undefined);
    },
  };
}
