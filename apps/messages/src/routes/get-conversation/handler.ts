import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { ConversationStore } from '@earshot/storage';
import type { Context } from 'hono';
import { conditionalJson } from '../../conditional-answer.ts';
import { presentConversation } from './present-conversation.ts';

export const PATH = '/conversation/v1/conversations/:conversationId';

export interface GetConversationDeps {
  readonly conversations: Pick<ConversationStore, 'find'>;
}

/** GET /conversation/v1/conversations/{conversationId} */
export function getConversation({ conversations }: GetConversationDeps) {
  return async (c: Context<AppEnv, typeof PATH>) => {
    const found = await conversations.find(c.get('key').tenantId, c.req.param('conversationId'));
    if (found === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No conversation with this id' });
    }
    return await conditionalJson(c, presentConversation(found));
  };
}
