import type {
  ConversationVersion,
  MessageCursor,
  MessagePage,
  MessageStore,
  StoredMessage,
} from '../../stores/messages.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { fileMessages } from './file-messages.ts';
import { messageRole } from './message-role.ts';
import { listTimed } from './timed-messages.ts';

interface MessageRow {
  message_id: string | null;
  role_order: number;
  sender_external_id: string | null;
  text: string;
  created_at: number;
  client_timestamp: number;
  unredacted_sealed: Uint8Array | null;
}

type FoundRow = MessageRow & { message_id: string };

interface VersionRow {
  conversation_id: string;
  message_count: number;
  last_activity_at: number;
}

/** Counted off an index, once whatever the page holds. Messages are only ever added, or go with their conversation. */
const VERSIONED = `(
  select tenant_id, conversation_id, external_id, last_activity_at from conversations
) c cross join lateral (
  select count(*)::int as message_count from messages
  where tenant_id = c.tenant_id and conversation_id = c.conversation_id
) n`;
const VERSION_COLUMNS = 'c.conversation_id, n.message_count, c.last_activity_at';

/**
 * The outer join tells an empty conversation (one row of nulls) from an unknown one (no row). The version comes with the
 * first row only: each column of a thousand rows is read one by one.
 */
function listStatement(name: string, column: 'external_id' | 'conversation_id') {
  return {
    name,
    text: `select m.message_id, m.role_order, m.sender_external_id, m.text, m.created_at, m.client_timestamp,
    m.unredacted_sealed, case when m.place is null or m.place = 1 then c.conversation_id end as conversation_id,
    case when m.place is null or m.place = 1 then n.message_count end as message_count,
    case when m.place is null or m.place = 1 then c.last_activity_at end as last_activity_at
  from ${VERSIONED} left join lateral (
    select row_number() over (order by client_timestamp, role_order, message_id) as place, message_id, role_order, sender_external_id, text, created_at, client_timestamp,
      case when $7 then unredacted_sealed end as unredacted_sealed from messages
    where tenant_id = c.tenant_id and conversation_id = c.conversation_id
      and ($3::timestamptz is null or (client_timestamp, role_order, message_id) > ($3, $4, $5))
    order by client_timestamp, role_order, message_id limit $6
  ) m on true
  where c.tenant_id = $1 and c.${column} = $2
  order by m.place`,
  };
}

function versionStatement(name: string, column: 'external_id' | 'conversation_id') {
  const text = `select ${VERSION_COLUMNS} from ${VERSIONED} where c.tenant_id = $1 and c.${column} = $2`;
  return { name, text };
}

const BY_EXTERNAL_ID = listStatement('list-messages', 'external_id');
const BY_CONVERSATION_ID = listStatement('list-messages-by-id', 'conversation_id');
const VERSION_BY_EXTERNAL_ID = versionStatement('conversation-version', 'external_id');
const VERSION_BY_CONVERSATION_ID = versionStatement('conversation-version-by-id', 'conversation_id');

const GET = {
  name: 'get-message',
  text: `select message_id, role_order, sender_external_id, text, created_at, client_timestamp,
    case when $4 then unredacted_sealed end as unredacted_sealed
  from messages where tenant_id = $1 and conversation_id = $2 and message_id = $3`,
};

export function createMessageStore(database: Database): MessageStore {
  const list = async (statement: typeof BY_EXTERNAL_ID, id: string, input: ListInput) => {
    const { tenantId, after, unredacted = false, limit } = input;
    const values = [tenantId, id, ...placeValues(after), limit + 1, unredacted];
    const found = await database.run<MessageRow & VersionRow>('list messages', statement, values);
    const [first] = found;
    return first && { ...toPage(found.filter(isMessage), limit), version: toVersion(first) };
  };
  return {
    listByExternalId: (input) => list(BY_EXTERNAL_ID, input.externalId, input),
    listByConversationId: (input) => list(BY_CONVERSATION_ID, input.conversationId, input),
    async getVersion({ tenantId, ...named }) {
      const isByExternalId = 'externalId' in named;
      const statement = isByExternalId ? VERSION_BY_EXTERNAL_ID : VERSION_BY_CONVERSATION_ID;
      const values = [tenantId, isByExternalId ? named.externalId : named.conversationId];
      const [row] = await database.run<VersionRow>('read the version of a conversation', statement, values);
      return row && toVersion(row);
    },
    async get({ tenantId, conversationId, messageId, unredacted = false }) {
      const values = [tenantId, conversationId, messageId, unredacted];
      const [row] = await database.run<FoundRow>('read a message', GET, values);
      return row && toMessage(row);
    },
    listTimed: (input) => listTimed(database, input),
    file: (input) => fileMessages(database, input),
  };
}

type ListInput = Omit<Parameters<MessageStore['listByExternalId']>[0], 'externalId'>;

function placeValues(after: MessageCursor | undefined): readonly unknown[] {
  return [instant(after?.clientTimestampMs), after?.roleOrder ?? null, after?.messageId ?? null];
}

function toVersion(row: VersionRow): ConversationVersion {
  return {
    conversationId: row.conversation_id,
    messageCount: row.message_count,
    lastActivityAtMs: row.last_activity_at,
  };
}

function toPage(rows: readonly FoundRow[], limit: number): Omit<MessagePage, 'version'> {
  const items = rows.slice(0, limit).map(toMessage);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next = last && {
    clientTimestampMs: last.client_timestamp,
    roleOrder: last.role_order,
    messageId: last.message_id,
  };
  return { items, next };
}

function isMessage<Row extends MessageRow>(row: Row): row is Row & FoundRow {
  return row.message_id !== null;
}

function toMessage(row: FoundRow): StoredMessage {
  return {
    messageId: row.message_id,
    role: messageRole(row.role_order),
    senderExternalId: row.sender_external_id ?? undefined,
    text: row.text,
    ...(row.unredacted_sealed === null ? {} : { unredactedSealed: row.unredacted_sealed }),
    createdAtMs: row.created_at,
    clientTimestampMs: row.client_timestamp,
  };
}
