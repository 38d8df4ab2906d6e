import type { ConversationMessage } from '@earshot/api';
import type { StoredMessage } from '@earshot/storage';

export function presentMessage(message: StoredMessage): ConversationMessage {
  const { role, senderExternalId } = message;
  return {
    text: message.text,
    sender: { role, ...(senderExternalId === undefined ? {} : { externalId: senderExternalId }) },
    messageId: message.messageId,
    createdTimestamp: new Date(message.createdAtMs).toISOString(),
    clientTimestamp: new Date(message.clientTimestampMs).toISOString(),
  };
}
