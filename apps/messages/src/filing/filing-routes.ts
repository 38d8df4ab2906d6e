import {
  validateFileMessageBody,
  validateFileMessagesBody,
  validateUpsertConversationBody,
} from '@earshot/api';
import { jsonBody, requireScope, type AppEnv } from '@earshot/http';
import type { Hono } from 'hono';
import {
  BATCH_PATH,
  fileMessage,
  fileMessages,
  MESSAGES_PATH,
  type FileMessagesDeps,
} from './file-messages.ts';
import {
  CONVERSATIONS_PATH,
  upsertConversation,
  type UpsertConversationDeps,
} from './upsert-conversation.ts';

export type FilingDeps = FileMessagesDeps & UpsertConversationDeps;

/** 300 messages of 3000 characters; one of 20000 fits the limit of other bodies. */
const BATCH_BYTES_MAX = 1_048_576;

/** Where conversations of other channels are filed. */
export function addFilingRoutes(app: Hono<AppEnv>, deps: FilingDeps): void {
  const mayWrite = requireScope('stream:write');
  const batch = { bytesMax: BATCH_BYTES_MAX };
  app.post(CONVERSATIONS_PATH, mayWrite, jsonBody(validateUpsertConversationBody), upsertConversation(deps));
  app.post(BATCH_PATH, mayWrite, jsonBody(validateFileMessagesBody, batch), fileMessages(deps));
  app.post(MESSAGES_PATH, mayWrite, jsonBody(validateFileMessageBody), fileMessage(deps));
}
