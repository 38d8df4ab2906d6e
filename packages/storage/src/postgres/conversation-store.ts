import type { ConversationStore, StoredConversation } from '../stores/conversations.ts';
import type { Database } from './database.ts';

interface ConversationRow {
  conversation_id: string;
  external_id: string;
  customer_external_id: string;
  agent_external_id: string;
}

const SELECT = `select conversation_id, external_id, customer_external_id, agent_external_id from conversations`;

const BY_ID = {
  name: 'conversation-by-id',
  text: `${SELECT} where tenant_id = $1 and conversation_id = $2`,
};
const BY_EXTERNAL_ID = {
  name: 'conversation-by-external-id',
  text: `${SELECT} where tenant_id = $1 and external_id = $2`,
};

export function createConversationStore(database: Database): ConversationStore {
  const read = async (statement: typeof BY_ID, tenantId: string, id: string) => {
    const [row] = await database.run<ConversationRow>('read a conversation', statement, [tenantId, id]);
    return row && toConversation(row);
  };
  return {
    find: (tenantId, conversationId) => read(BY_ID, tenantId, conversationId),
    findByExternalId: (tenantId, externalId) => read(BY_EXTERNAL_ID, tenantId, externalId),
  };
}

function toConversation(row: ConversationRow): StoredConversation {
  return {
    conversationId: row.conversation_id,
    externalId: row.external_id,
    customer: { externalId: row.customer_external_id },
    ...(row.agent_external_id === '' ? {} : { agent: { externalId: row.agent_external_id } }),
    metadata: {},
  };
}
