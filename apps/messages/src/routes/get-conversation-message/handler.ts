import { ERROR_CODES } from '@earshot/api';
import { hasScope } from '@earshot/auth';
import { refuse, type AppEnv } from '@earshot/http';
import type { MessageStore } from '@earshot/storage';
import type { Context } from 'hono';
import { conditionalJson } from '../../conditional-answer.ts';
import { openUnredacted, type OpenSealed } from '../../unredacted-text.ts';
import { presentMessage } from '../list-messages/present-message.ts';

export const PATH = '/conversation/v1/conversations/:conversationId/messages/:messageId';

export interface GetConversationMessageDeps {
  readonly messages: Pick<MessageStore, 'get'>;
  readonly openSealed: OpenSealed;
}

/** GET /conversation/v1/conversations/{conversationId}/messages/{messageId} */
export function getConversationMessage({ messages, openSealed }: GetConversationMessageDeps) {
  return async (c: Context<AppEnv, typeof PATH>) => {
    const { tenantId, scopes } = c.get('key');
    const found = await messages.get({
      tenantId,
      ...c.req.param(),
      unredacted: hasScope(scopes, 'transcripts:unredacted'),
    });
    if (found === undefined) {
      const message = 'No message with this id in this conversation';
      return refuse(c, { code: ERROR_CODES.notFound, message });
    }
    const opened = await openUnredacted(openSealed, tenantId, [found]);
    return await conditionalJson(c, presentMessage(found, opened.get(found.messageId)));
  };
}
