import type { MessageCursor, MessagePage, MessageStore, StoredMessage } from '../stores/messages.ts';
import { instant } from './column-types.ts';
import type { Database } from './database.ts';
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

/** The outer join tells an empty conversation (one row of nulls) from an unknown one (no row). */
function listStatement(name: string, column: 'external_id' | 'conversation_id') {
  return {
    name,
    text: `select m.* from conversations c left join lateral (
    select message_id, role_order, sender_external_id, text, created_at, client_timestamp,
      case when $7 then unredacted_sealed end as unredacted_sealed from messages
    where tenant_id = c.tenant_id and conversation_id = c.conversation_id
      and ($3::timestamptz is null or (client_timestamp, role_order, message_id) > ($3, $4, $5))
    order by client_timestamp, role_order, message_id limit $6
  ) m on true
  where c.tenant_id = $1 and c.${column} = $2
  order by m.client_timestamp, m.role_order, m.message_id`,
  };
}

const BY_EXTERNAL_ID = listStatement('list-messages', 'external_id');
const BY_CONVERSATION_ID = listStatement('list-messages-by-id', 'conversation_id');

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
    const found = await database.run<MessageRow>('list messages', statement, values);
    return found.length === 0 ? undefined : toPage(found.filter(isMessage), limit);
  };
  return {
    listByExternalId: (input) => list(BY_EXTERNAL_ID, input.externalId, input),
    listByConversationId: (input) => list(BY_CONVERSATION_ID, input.conversationId, input),
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

function toPage(rows: readonly FoundRow[], limit: number): MessagePage {
  const items = rows.slice(0, limit).map(toMessage);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next = last && {
    clientTimestampMs: last.client_timestamp,
    roleOrder: last.role_order,
    messageId: last.message_id,
  };
  return { items, next };
}

function isMessage(row: MessageRow): row is FoundRow {
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
