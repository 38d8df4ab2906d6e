import type { ConversationMessage, ConversationMessages } from '@earshot/api';
import { EarshotApiError } from './earshot-api-error.ts';

/** 100 000 messages: a week of uninterrupted talk. */
const PAGE_COUNT_MAX = 100;

/** Follows `nextCursor` to the end. */
export async function collectMessages(
  fetchPage: (page: { readonly cursor?: string }) => Promise<ConversationMessages>,
): Promise<readonly ConversationMessage[]> {
  const messages: ConversationMessage[] = [];
  let page: { readonly cursor?: string } = {};
  for (let pageCount = 0; pageCount < PAGE_COUNT_MAX; pageCount += 1) {
    const { items, nextCursor } = await fetchPage(page);
    messages.push(...items);
    if (nextCursor === undefined) return messages;
    page = { cursor: nextCursor };
  }
  throw new EarshotApiError(`Cannot list messages: more than ${PAGE_COUNT_MAX} pages`, {
    status: undefined,
    code: 'client.too-many-pages',
    requestId: undefined,
    retryable: false,
  });
}
