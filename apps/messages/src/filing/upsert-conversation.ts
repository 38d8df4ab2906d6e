import { filedInstantMs, type FiledId, type UpsertConversationBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { ConversationStore } from '@earshot/storage';
import type { Context } from 'hono';

export const CONVERSATIONS_PATH = '/conversation/v1/conversations';

export interface UpsertConversationDeps {
  readonly conversations: Pick<ConversationStore, 'upsert'>;
}

/** POST /conversation/v1/conversations */
export function upsertConversation({ conversations }: UpsertConversationDeps) {
  return async (c: Context<AppEnv, string, JsonBody<UpsertConversationBody>>) => {
    const { externalId, customer, agent, metadata, timestamp } = c.req.valid('json');
    const id = await conversations.upsert({
      tenantId: c.get('key').tenantId,
      externalId,
      customer,
      ...(agent === undefined ? {} : { agent }),
      ...(metadata === undefined ? {} : { metadata }),
      startedAtMs: filedInstantMs(timestamp),
    });
    const answer: FiledId = { id };
    return c.json(answer);
  };
}
