import type { ConversationMessage } from '@earshot/api';
import type { StoredMessage } from '@earshot/storage';

/** @param unredactedText only where the call asked for it and the key may read it */
export function presentMessage(message: StoredMessage, unredactedText?: string): ConversationMessage {
  const { role, senderExternalId } = message;
  return {
    text: message.text,
    ...(unredactedText === undefined ? {} : { unredactedText }),
    sender: { role, ...(senderExternalId === undefined ? {} : { externalId: senderExternalId }) },
    messageId: message.messageId,
    createdTimestamp: new Date(message.createdAtMs).toISOString(),
    clientTimestamp: new Date(message.clientTimestampMs).toISOString(),
  };
}
