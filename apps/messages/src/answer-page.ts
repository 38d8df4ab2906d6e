import { ERROR_CODES, type ConversationMessages } from '@earshot/api';
import { hasScope } from '@earshot/auth';
import { refuse, type AppEnv } from '@earshot/http';
import type { ConversationVersion, MessageCursor, MessagePage } from '@earshot/storage';
import type { Context } from 'hono';
import { answerUnchanged, conditionalJson, isUnchanged, tagOf } from './conditional-answer.ts';
import { decodeCursor, encodeCursor } from './message-cursor.ts';
import { presentMessage } from './routes/list-messages/present-message.ts';
import { openUnredacted, type OpenSealed } from './unredacted-text.ts';

/** The earliest come first, as in the compatible product; `nextCursor` leads to the rest. */
const PAGE_MESSAGE_COUNT = 1000;

/** Goes up when the same messages are told in another form, so that nobody keeps the form before. */
const FORM = 1;

/** What a list is read with, whichever way the conversation is named. */
export interface PageQuery {
  readonly tenantId: string;
  readonly unredacted: boolean;
  readonly limit: number;
  readonly after?: MessageCursor;
}

export interface AnswerPageInput {
  readonly cursor: string | undefined;
  readonly openSealed: OpenSealed;
  /** Reads the page; `undefined` when there is no such conversation. */
  readonly read: (query: PageQuery) => Promise<MessagePage | undefined>;
  /** What the page would come with, for those who have it. */
  readonly getVersion: (tenantId: string) => Promise<ConversationVersion | undefined>;
  /** Said where there is no such conversation. */
  readonly unknown: string;
}

/** A page of messages as the key may see it, 400 for a cursor that is not ours, 404 for no conversation. */
export async function answerPage(c: Context<AppEnv>, input: AnswerPageInput): Promise<Response> {
  const { cursor, openSealed, read, getVersion, unknown } = input;
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && after === undefined) {
    const message = '/cursor must be the nextCursor of an earlier answer';
    return refuse(c, { code: ERROR_CODES.invalidField, message });
  }
  const { tenantId, scopes } = c.get('key');
  const unredacted = hasScope(scopes, 'transcripts:unredacted');
  const tagAt = (version: ConversationVersion): string =>
    tagOf(JSON.stringify([FORM, version, unredacted, cursor]));
  if (c.req.header('if-none-match') !== undefined) {
    const version = await getVersion(tenantId);
    if (version !== undefined && isUnchanged(c, tagAt(version))) return answerUnchanged(c, tagAt(version));
  }
  const page = await read({
    tenantId,
    unredacted,
    limit: PAGE_MESSAGE_COUNT,
    ...(after === undefined ? {} : { after }),
  });
  if (page === undefined) return refuse(c, { code: ERROR_CODES.notFound, message: unknown });
  const opened = await openUnredacted(openSealed, tenantId, page.items);
  const answer: ConversationMessages = {
    items: page.items.map((message) => presentMessage(message, opened.get(message.messageId))),
    ...(page.next === undefined ? {} : { nextCursor: encodeCursor(page.next) }),
  };
  return await conditionalJson(c, answer, tagAt(page.version));
}
