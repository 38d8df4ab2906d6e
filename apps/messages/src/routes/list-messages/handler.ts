import { ERROR_CODES, type ConversationMessages, type ListMessagesQuery } from '@earshot/api';
import { hasScope } from '@earshot/auth';
import { refuse, type AppEnv, type QueryParams } from '@earshot/http';
import type { MessageStore } from '@earshot/storage';
import type { Context } from 'hono';
import { decodeCursor, encodeCursor } from '../../message-cursor.ts';
import { openUnredacted, type OpenSealed } from '../../unredacted-text.ts';
import { presentMessage } from './present-message.ts';

/** Contract decision 23: the earliest come first, `nextCursor` leads to the rest. */
const PAGE_MESSAGE_COUNT = 1000;

export interface ListMessagesDeps {
  readonly messages: MessageStore;
  readonly openSealed: OpenSealed;
}

/** GET /conversation/v1/conversation/messages */
export function listMessages({ messages, openSealed }: ListMessagesDeps) {
  return async (c: Context<AppEnv, string, QueryParams<ListMessagesQuery>>) => {
    const { externalId, cursor } = c.req.valid('query');
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    if (cursor !== undefined && after === undefined) {
      const message = '/cursor must be the nextCursor of an earlier answer';
      return refuse(c, { code: ERROR_CODES.invalidField, message });
    }
    const { tenantId, scopes } = c.get('key');
    const page = await messages.listByExternalId({
      tenantId,
      externalId,
      unredacted: hasScope(scopes, 'transcripts:unredacted'),
      limit: PAGE_MESSAGE_COUNT,
      ...(after === undefined ? {} : { after }),
    });
    if (page === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No conversation with this externalId' });
    }
    const unredacted = await openUnredacted(openSealed, tenantId, page.items);
    const answer: ConversationMessages = {
      items: page.items.map((message) => presentMessage(message, unredacted.get(message.messageId))),
      ...(page.next === undefined ? {} : { nextCursor: encodeCursor(page.next) }),
    };
    return c.json(answer);
  };
}
