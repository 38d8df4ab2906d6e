import type { ListMessagesQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { MessageStore } from '@earshot/storage';
import type { Context } from 'hono';
import { answerPage } from '../../answer-page.ts';
import type { OpenSealed } from '../../unredacted-text.ts';

export interface ListMessagesDeps {
  readonly messages: Pick<MessageStore, 'listByExternalId' | 'getVersion'>;
  readonly openSealed: OpenSealed;
}

/** GET /conversation/v1/conversation/messages */
export function listMessages({ messages, openSealed }: ListMessagesDeps) {
  return async (c: Context<AppEnv, string, QueryParams<ListMessagesQuery>>) => {
    const { externalId, cursor } = c.req.valid('query');
    return await answerPage(c, {
      cursor,
      openSealed,
      read: (query) => messages.listByExternalId({ ...query, externalId }),
      getVersion: (tenantId) => messages.getVersion({ tenantId, externalId }),
      unknown: 'No conversation with this externalId',
    });
  };
}
