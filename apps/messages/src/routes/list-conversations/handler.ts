import type { ConversationList, ListConversationsQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { ConversationStore } from '@earshot/storage';
import type { Context } from 'hono';
import { conditionalJson } from '../../conditional-answer.ts';
import { presentConversation } from '../get-conversation/present-conversation.ts';

export const PATH = '/conversation/v1/conversations';

export interface ListConversationsDeps {
  readonly conversations: Pick<ConversationStore, 'findByExternalId'>;
}

/** GET /conversation/v1/conversations?externalId= */
export function listConversations({ conversations }: ListConversationsDeps) {
  return async (c: Context<AppEnv, string, QueryParams<ListConversationsQuery>>) => {
    const { externalId } = c.req.valid('query');
    const found = await conversations.findByExternalId(c.get('key').tenantId, externalId);
    const answer: ConversationList = { items: found === undefined ? [] : [presentConversation(found)] };
    return await conditionalJson(c, answer);
  };
}
