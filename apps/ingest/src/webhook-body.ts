import type { TranscriptMessage } from '@earshot/domain';
import type { TranscriptToken } from './transcript-tokens.ts';

/** The one utterance of a webhook. All but `text` only where the call asked for it. */
export interface WebhookUtterance {
  readonly text: string;
  readonly unredactedText?: string;
  readonly token?: readonly TranscriptToken[];
}

/** The exact bytes of a `transcript` webhook (`transcript` in the OpenAPI source). */
export function webhookBody(guid: string, message: TranscriptMessage, utterance: WebhookUtterance): string {
  return JSON.stringify({
    type: 'transcript',
    externalConversationId: guid,
    streamId: message.streamId,
    sender: { externalId: message.senderExternalId, role: message.role },
    autotranscribeResponse: {
      message: 'transcript',
      start: message.startMs,
      end: message.endMs,
      utterance: [utterance],
    },
  });
}
