import type { MessageCursor, MessageStore, TimedMessage } from '@earshot/storage';

const PAGE_MESSAGE_COUNT = 5000;
/** Four days of talk without a pause; a transcript is put together in memory. */
export const TRANSCRIPT_MESSAGES_MAX = 50_000;

/** Every message of a conversation in order of time; `undefined` beyond 50000. */
export async function readTimedMessages(
  messages: Pick<MessageStore, 'listTimed'>,
  tenantId: string,
  conversationId: string,
): Promise<readonly TimedMessage[] | undefined> {
  const found: TimedMessage[] = [];
  let after: MessageCursor | undefined;
  for (;;) {
    const page = await messages.listTimed({
      tenantId,
      conversationId,
      limit: PAGE_MESSAGE_COUNT,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page);
    if (found.length > TRANSCRIPT_MESSAGES_MAX) return undefined;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_MESSAGE_COUNT) return found;
    const { clientTimestampMs, role, messageId } = last;
    after = { clientTimestampMs, roleOrder: ROLE_ORDER[role], messageId };
  }
}

const ROLE_ORDER = { customer: 0, agent: 1, system: 2 } as const;
