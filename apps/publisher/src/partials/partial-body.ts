import type { PartialWebhook } from '@earshot/api';
import { deriveWebhookId } from '@earshot/domain';
import type { LivePartial } from '@earshot/queues';
import type { PostMessage } from '../post.ts';

/** The `partial` webhook of the OpenAPI source; it has no sequence, since it has no place in a lane. */
export function partialMessage(partial: LivePartial, endpointId: string): PostMessage {
  const { streamId, startMs, endMs, revision } = partial;
  const body: PartialWebhook = {
    type: 'partial',
    externalConversationId: partial.guid,
    streamId,
    sender: { externalId: partial.senderExternalId, role: partial.role },
    revision,
    autotranscribeResponse: {
      message: 'partial',
      start: startMs,
      end: endMs,
      utterance: [{ text: partial.text }],
    },
  };
  return {
    webhookId: deriveWebhookId(`partial\n${streamId}\n${startMs}\n${revision}`, endpointId),
    body: JSON.stringify(body),
  };
}
