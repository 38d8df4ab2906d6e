import type { TranscriptMessage } from '@earshot/domain';

/** The exact bytes of a `transcript` webhook (`transcript` in the OpenAPI source). */
export function webhookBody(guid: string, message: TranscriptMessage): string {
  return JSON.stringify({
    type: 'transcript',
    externalConversationId: guid,
    streamId: message.streamId,
    sender: { externalId: message.senderExternalId, role: message.role },
    autotranscribeResponse: {
      message: 'transcript',
      start: message.startMs,
      end: message.endMs,
      utterance: [{ text: message.text }],
    },
  });
}
