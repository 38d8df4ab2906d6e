import type { MessageStore, StoredMessage } from '../stores/messages.ts';
import { instant } from './column-types.ts';
import type { Database } from './database.ts';
import { messageRole } from './message-role.ts';

interface MessageRow {
  message_id: string | null;
  role_order: number;
  sender_external_id: string | null;
  text: string;
  created_at: number;
  client_timestamp: number;
  unredacted_sealed: Uint8Array | null;
}

/** The outer join tells an empty conversation (one row of nulls) from an unknown one (no row). */
const LIST = {
  name: 'list-messages',
  text: `select m.* from conversations c left join lateral (
    select message_id, role_order, sender_external_id, text, created_at, client_timestamp,
      case when $7 then unredacted_sealed end as unredacted_sealed from messages
    where tenant_id = c.tenant_id and conversation_id = c.conversation_id
      and ($3::timestamptz is null or (client_timestamp, role_order, message_id) > ($3, $4, $5))
    order by client_timestamp, role_order, message_id limit $6
  ) m on true
  where c.tenant_id = $1 and c.external_id = $2
  order by m.client_timestamp, m.role_order, m.message_id`,
};

export function createMessageStore(database: Database): MessageStore {
  return {
    async listByExternalId({ tenantId, externalId, after, unredacted = false, limit }) {
      const found = await database.run<MessageRow>('list messages', LIST, [
        tenantId,
        externalId,
        instant(after?.clientTimestampMs),
        after?.roleOrder ?? null,
        after?.messageId ?? null,
        limit + 1,
        unredacted,
      ]);
      if (found.length === 0) return undefined;
      const rows = found.filter(isMessage);
      const items = rows.slice(0, limit).map(toMessage);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last && {
        clientTimestampMs: last.client_timestamp,
        roleOrder: last.role_order,
        messageId: last.message_id,
      };
      return { items, next };
    },
  };
}

function isMessage(row: MessageRow): row is MessageRow & { message_id: string } {
  return row.message_id !== null;
}

function toMessage(row: MessageRow & { message_id: string }): StoredMessage {
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
