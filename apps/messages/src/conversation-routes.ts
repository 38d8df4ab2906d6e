import {
  validateGetTranscriptQuery,
  validateListConversationMessagesQuery,
  validateListConversationsQuery,
  validateListMessagesQuery,
} from '@earshot/api';
import { queryParams, requireScope, type AppEnv } from '@earshot/http';
import type { CallStore, ConversationStore, MessageStore } from '@earshot/storage';
import type { Hono } from 'hono';
import * as conversation from './routes/get-conversation/handler.ts';
import * as message from './routes/get-conversation-message/handler.ts';
import * as transcript from './routes/get-transcript/handler.ts';
import * as messages from './routes/list-conversation-messages/handler.ts';
import * as conversations from './routes/list-conversations/handler.ts';
import { listMessages } from './routes/list-messages/handler.ts';
import type { OpenSealed } from './unredacted-text.ts';

export interface ConversationRouteDeps {
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly calls: Pick<CallStore, 'getCall'>;
  readonly openSealed: OpenSealed;
}

/** What was said, to those who may read it. */
export function addConversationRoutes(app: Hono<AppEnv>, deps: ConversationRouteDeps): void {
  const mayRead = requireScope('messages:read');
  app.get(
    '/conversation/v1/conversation/messages',
    mayRead,
    queryParams(validateListMessagesQuery),
    listMessages(deps),
  );
  app.get(
    conversations.PATH,
    mayRead,
    queryParams(validateListConversationsQuery),
    conversations.listConversations(deps),
  );
  app.get(conversation.PATH, mayRead, conversation.getConversation(deps));
  app.get(
    messages.PATH,
    mayRead,
    queryParams(validateListConversationMessagesQuery),
    messages.listConversationMessages(deps),
  );
  app.get(message.PATH, mayRead, message.getConversationMessage(deps));
  app.get(transcript.PATH, mayRead, queryParams(validateGetTranscriptQuery), transcript.getTranscript(deps));
}
