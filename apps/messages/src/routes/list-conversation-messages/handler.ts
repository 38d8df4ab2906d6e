import type { ListConversationMessagesQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { MessageStore } from '@earshot/storage';
import type { Context } from 'hono';
import { answerPage } from '../../answer-page.ts';
import type { OpenSealed } from '../../unredacted-text.ts';

export const PATH = '/conversation/v1/conversations/:conversationId/messages';

export interface ListConversationMessagesDeps {
  readonly messages: Pick<MessageStore, 'listByConversationId' | 'getVersion'>;
  readonly openSealed: OpenSealed;
}

/** GET /conversation/v1/conversations/{conversationId}/messages */
export function listConversationMessages({ messages, openSealed }: ListConversationMessagesDeps) {
  return async (c: Context<AppEnv, typeof PATH, QueryParams<ListConversationMessagesQuery>>) => {
    const conversationId = c.req.param('conversationId');
    return await answerPage(c, {
      cursor: c.req.valid('query').cursor,
      openSealed,
      read: (query) => messages.listByConversationId({ ...query, conversationId }),
      getVersion: (tenantId) => messages.getVersion({ tenantId, conversationId }),
      unknown: 'No conversation with this id',
    });
  };
}
