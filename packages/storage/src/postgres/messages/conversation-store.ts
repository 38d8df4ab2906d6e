import { newUlid } from '@earshot/domain';
import type {
  ConversationStore,
  StoredConversation,
  UpsertConversationInput,
} from '../../stores/conversations.ts';
import { json } from '../column-types.ts';
import type { Database } from '../database.ts';

interface ConversationRow {
  conversation_id: string;
  external_id: string;
  customer_external_id: string;
  customer_name: string | null;
  agent_external_id: string;
  agent_name: string | null;
  metadata: Record<string, string>;
}

const SELECT = `select conversation_id, external_id, customer_external_id, customer_name, agent_external_id, agent_name,
  metadata from conversations`;

const BY_ID = {
  name: 'conversation-by-id',
  text: `${SELECT} where tenant_id = $1 and conversation_id = $2`,
};
const BY_EXTERNAL_ID = {
  name: 'conversation-by-external-id',
  text: `${SELECT} where tenant_id = $1 and external_id = $2`,
};

/** What is not told stays as it is; a name belongs to whom it was told of. */
const UPSERT = `insert into conversations as c (tenant_id, conversation_id, external_id, customer_external_id,
  customer_name, agent_external_id, agent_name, metadata, created_at, last_activity_at)
values ($1, $2, $3, $4, $5, coalesce($6, ''), $7, coalesce($8::jsonb, '{}'), now(), now())
on conflict (tenant_id, external_id) do update set customer_external_id = excluded.customer_external_id,
  customer_name = coalesce(excluded.customer_name,
    case when c.customer_external_id = excluded.customer_external_id then c.customer_name end),
  agent_external_id = coalesce($6, c.agent_external_id),
  agent_name = case when $6 is null then c.agent_name else coalesce(excluded.agent_name,
    case when c.agent_external_id = $6 then c.agent_name end) end,
  metadata = coalesce($8::jsonb, c.metadata),
  last_activity_at = greatest(c.last_activity_at, excluded.last_activity_at)
returning conversation_id as "conversationId"`;

export function createConversationStore(database: Database): ConversationStore {
  const read = async (statement: typeof BY_ID, tenantId: string, id: string) => {
    const [row] = await database.run<ConversationRow>('read a conversation', statement, [tenantId, id]);
    return row && toConversation(row);
  };
  return {
    find: (tenantId, conversationId) => read(BY_ID, tenantId, conversationId),
    findByExternalId: (tenantId, externalId) => read(BY_EXTERNAL_ID, tenantId, externalId),
    upsert: (input) => upsert(database, input),
  };
}

async function upsert(database: Database, input: UpsertConversationInput): Promise<string> {
  const { tenantId, externalId, customer, agent, metadata, startedAtMs } = input;
  const [row] = await database.run<{ conversationId: string }>('file a conversation', UPSERT, [
    tenantId,
    newUlid(startedAtMs),
    externalId,
    customer.externalId,
    customer.name ?? null,
    agent?.externalId ?? null,
    agent?.name ?? null,
    json(metadata),
  ]);
  if (row === undefined) throw new Error('Cannot read the conversation just filed: no row came back');
  return row.conversationId;
}

function toConversation(row: ConversationRow): StoredConversation {
  return {
    conversationId: row.conversation_id,
    externalId: row.external_id,
    customer: party(row.customer_external_id, row.customer_name),
    ...(row.agent_external_id === '' ? {} : { agent: party(row.agent_external_id, row.agent_name) }),
    metadata: row.metadata,
  };
}

function party(externalId: string, name: string | null) {
  return { externalId, ...(name === null ? {} : { name }) };
}
