import type { ConversationMessage } from '@earshot/api';
import { isoInstant } from '@earshot/domain';
import type { StoredMessage } from '@earshot/storage';

/** @param unredactedText only where the call asked for it and the key may read it */
export function presentMessage(message: StoredMessage, unredactedText?: string): ConversationMessage {
  const { role, senderExternalId } = message;
  return {
    text: message.text,
    ...(unredactedText === undefined ? {} : { unredactedText }),
    sender: { role, ...(senderExternalId === undefined ? {} : { externalId: senderExternalId }) },
    messageId: message.messageId,
    createdTimestamp: isoInstant(message.createdAtMs),
    clientTimestamp: isoInstant(message.clientTimestampMs),
  };
}
