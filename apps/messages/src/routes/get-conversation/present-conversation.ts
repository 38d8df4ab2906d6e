import type { Conversation } from '@earshot/api';
import type { StoredConversation } from '@earshot/storage';

export function presentConversation(conversation: StoredConversation): Conversation {
  const { conversationId, externalId, customer, agent, metadata } = conversation;
  return {
    id: conversationId,
    externalId,
    customer: { ...customer },
    ...(agent === undefined ? {} : { agent: { ...agent } }),
    metadata: { ...metadata },
  };
}
