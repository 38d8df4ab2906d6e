import { ERROR_CODES, filedInstantMs, type FileMessageBody, type FileMessagesBody } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { MessageStore } from '@earshot/storage';
import type { Context } from 'hono';
import { filedMessageIds } from './filed-message-ids.ts';
import { redactFiled, type RedactFiledDeps } from './redact-filed.ts';

export const MESSAGES_PATH = '/conversation/v1/conversations/:conversationId/messages';
export const BATCH_PATH = '/conversation/v1/conversations/:conversationId/messages/batch';

export interface FileMessagesDeps extends RedactFiledDeps {
  readonly messages: Pick<MessageStore, 'listTimed' | 'file'>;
  /** Ids of filed messages are derived with it. */
  readonly messageIdKey: Uint8Array;
}

/** POST /conversation/v1/conversations/{conversationId}/messages */
export function fileMessage(deps: FileMessagesDeps) {
  return async (c: Context<AppEnv, typeof MESSAGES_PATH, JsonBody<FileMessageBody>>) => {
    const [id] = (await file(c, deps, c.req.param('conversationId'), [c.req.valid('json')])) ?? [];
    return id === undefined ? refuseUnknown(c) : c.json({ id });
  };
}

/** POST /conversation/v1/conversations/{conversationId}/messages/batch */
export function fileMessages(deps: FileMessagesDeps) {
  return async (c: Context<AppEnv, typeof BATCH_PATH, JsonBody<FileMessagesBody>>) => {
    const { messages } = c.req.valid('json');
    const ids = await file(c, deps, c.req.param('conversationId'), messages);
    return ids === undefined ? refuseUnknown(c) : c.json({});
  };
}

function refuseUnknown(c: Context<AppEnv>): Response {
  return refuse(c, { code: ERROR_CODES.notFound, message: 'No conversation with this id' });
}

/** The ids in the order given; `undefined` when the team has no such conversation. */
async function file(
  c: Context<AppEnv>,
  deps: FileMessagesDeps,
  conversationId: string,
  filed: readonly FileMessageBody[],
): Promise<readonly string[] | undefined> {
  const { tenantId } = c.get('key');
  const texts = await redactFiled(deps, { tenantId, conversationId }, filed);
  const ids = filedMessageIds(deps.messageIdKey, conversationId, filed);
  const messages = filed.map(({ sender, timestamp }, index) => ({
    messageId: ids[index] ?? '',
    role: sender.role,
    senderExternalId: sender.externalId,
    text: texts[index] ?? '',
    clientTimestampMs: filedInstantMs(timestamp),
  }));
  const outcome = await deps.messages.file({ tenantId, conversationId, messages });
  return outcome === 'filed' ? ids : undefined;
}
