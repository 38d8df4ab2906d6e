import { ERROR_CODES, type GetTranscriptQuery, type Transcript } from '@earshot/api';
import { refuse, type AppEnv, type QueryParams } from '@earshot/http';
import type { CallStore, ConversationStore, MessageStore } from '@earshot/storage';
import type { Context } from 'hono';
import { answerUnchanged, conditionalText, isUnchanged, tagOf } from '../../conditional-answer.ts';
import { buildTranscript } from '../../transcript/build-transcript.ts';
import { formatPlainText } from '../../transcript/format-plain-text.ts';
import { formatSrt } from '../../transcript/format-srt.ts';
import { formatVtt } from '../../transcript/format-vtt.ts';
import { readTimedMessages, TRANSCRIPT_MESSAGES_MAX } from '../../transcript/read-timed-messages.ts';

export const PATH = '/earshot/v1/conversations/:externalId/transcript';

export interface GetTranscriptDeps {
  readonly conversations: Pick<ConversationStore, 'findByExternalId'>;
  readonly messages: Pick<MessageStore, 'listTimed' | 'getVersion'>;
  readonly calls: Pick<CallStore, 'getCall'>;
}

/** Goes up when the same words are written in another form, so that nobody keeps the form before. */
const FORM = 1;

interface Format {
  readonly contentType: string;
  readonly write: (transcript: Transcript) => string;
}

const FORMATS: Readonly<Record<NonNullable<GetTranscriptQuery['format']>, Format>> = {
  json: { contentType: 'application/json', write: (transcript) => JSON.stringify(transcript) },
  vtt: { contentType: 'text/vtt; charset=utf-8', write: formatVtt },
  srt: { contentType: 'application/x-subrip; charset=utf-8', write: formatSrt },
  txt: { contentType: 'text/plain; charset=utf-8', write: formatPlainText },
};

/** GET /earshot/v1/conversations/{externalId}/transcript */
export function getTranscript({ conversations, messages, calls }: GetTranscriptDeps) {
  return async (c: Context<AppEnv, typeof PATH, QueryParams<GetTranscriptQuery>>) => {
    const { format = 'json', leg } = c.req.valid('query');
    const { tenantId } = c.get('key');
    const conversation = await conversations.findByExternalId(tenantId, c.req.param('externalId'));
    if (conversation === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No conversation with this externalId' });
    }
    const { externalId, conversationId } = conversation;
    const [version, call] = await Promise.all([
      messages.getVersion({ tenantId, conversationId }),
      calls.getCall(tenantId, externalId),
    ]);
    const sessions = (call?.sessions ?? []).map(({ sessionId, ordinal, acceptedAtMs }) => ({
      sessionId,
      ordinal,
      acceptedAtMs,
    }));
    const tag = tagOf(JSON.stringify([FORM, format, leg, conversation, sessions, version]));
    if (isUnchanged(c, tag)) return answerUnchanged(c, tag);
    const read = await readTimedMessages(messages, tenantId, conversationId);
    if (read === undefined) {
      const message = `Cannot write a transcript of more than ${TRANSCRIPT_MESSAGES_MAX} messages`;
      return refuse(c, { code: ERROR_CODES.unprocessable, message });
    }
    const transcript = buildTranscript({
      conversation,
      sessions,
      messages: read,
      ...(leg === undefined ? {} : { leg }),
    });
    if (transcript === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'The conversation has no such leg' });
    }
    const { contentType, write } = FORMATS[format];
    return await conditionalText(c, write(transcript), contentType, tag);
  };
}
