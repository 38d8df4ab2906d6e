import type {
  Conversation,
  ConversationMessage,
  FiledId,
  FileMessageBody,
  FileMessagesBody,
  GetTranscriptQuery,
  paths,
  Transcript,
  UpsertConversationBody,
} from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { eachItem } from './each-item.ts';
import { unwrap } from './unwrap.ts';

/** What was said, by the external id (for Amazon Connect the contact id) or the conversation's own id. */
export interface ConversationCalls {
  /** `undefined` when nobody has that external id. */
  find(query: { readonly externalId: string }): Promise<Conversation | undefined>;
  get(conversationId: string): Promise<Conversation>;
  /** Every message in order, a page of up to 1000 asked for when the one before is used up. */
  messages(
    conversation: { readonly externalId: string } | { readonly conversationId: string },
  ): AsyncIterable<ConversationMessage>;
  getMessage(conversationId: string, messageId: string): Promise<ConversationMessage>;
  /** Who said what when; of one `leg` with the times of its audio. */
  transcript(externalId: string, options?: { readonly leg?: number }): Promise<Transcript>;
  /** The same as WebVTT, SubRip or plain text. */
  captions(
    externalId: string,
    options: { readonly format: CaptionFormat; readonly leg?: number },
  ): Promise<string>;
  /** Files a conversation of another channel by its external id, or changes what is told of it. */
  upsert(body: UpsertConversationBody): Promise<FiledId>;
  /** Redacted before it is stored; the same message again changes nothing. */
  fileMessage(conversationId: string, body: FileMessageBody): Promise<FiledId>;
  /** All or none. */
  fileMessages(conversationId: string, messages: FileMessagesBody['messages']): Promise<void>;
}

/** Transcript as text: captions with times, or plain lines. */
export type CaptionFormat = Exclude<NonNullable<GetTranscriptQuery['format']>, 'json'>;

export function conversationCalls(api: Client<paths>): ConversationCalls {
  return {
    async find(query) {
      const pending = api.GET('/conversation/v1/conversations', { params: { query } });
      return (await unwrap(pending)).items[0];
    },
    get: async (conversationId) =>
      await unwrap(
        api.GET('/conversation/v1/conversations/{conversationId}', { params: { path: { conversationId } } }),
      ),
    messages: (conversation) =>
      eachItem(async (page) => {
        if ('externalId' in conversation) {
          const query = { externalId: conversation.externalId, ...page };
          return await unwrap(api.GET('/conversation/v1/conversation/messages', { params: { query } }));
        }
        const params = { path: { conversationId: conversation.conversationId }, query: page };
        return await unwrap(api.GET('/conversation/v1/conversations/{conversationId}/messages', { params }));
      }),
    getMessage: async (conversationId, messageId) =>
      await unwrap(
        api.GET('/conversation/v1/conversations/{conversationId}/messages/{messageId}', {
          params: { path: { conversationId, messageId } },
        }),
      ),
    transcript: async (externalId, query = {}) =>
      asTranscript(
        await unwrap(
          api.GET('/earshot/v1/conversations/{externalId}/transcript', {
            params: { path: { externalId }, query: { ...query, format: 'json' } },
          }),
        ),
      ),
    captions: async (externalId, query) =>
      await unwrap(
        api.GET('/earshot/v1/conversations/{externalId}/transcript', {
          params: { path: { externalId }, query },
          parseAs: 'text',
        }),
      ),
    ...filingCalls(api),
  };
}

function filingCalls(api: Client<paths>): Pick<ConversationCalls, 'upsert' | 'fileMessage' | 'fileMessages'> {
  return {
    upsert: async (body) => await unwrap(api.POST('/conversation/v1/conversations', { body })),
    fileMessage: async (conversationId, body) =>
      await unwrap(
        api.POST('/conversation/v1/conversations/{conversationId}/messages', {
          params: { path: { conversationId } },
          body,
        }),
      ),
    async fileMessages(conversationId, messages) {
      await unwrap(
        api.POST('/conversation/v1/conversations/{conversationId}/messages/batch', {
          params: { path: { conversationId } },
          body: { messages },
        }),
      );
    },
  };
}

/** The types know not that the answer follows from `format`. */
function asTranscript(answer: Transcript | string): Transcript {
  return answer as Transcript;
}
