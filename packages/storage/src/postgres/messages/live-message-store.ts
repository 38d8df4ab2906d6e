import type { CommittedMessage, LiveMessageStore } from '../../stores/live-messages.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { messageRole } from './message-role.ts';

interface CommittedRow {
  message_id: string;
  role_order: number;
  sender_external_id: string | null;
  text: string;
  stream_id: string | null;
  start_ms: number | null;
  end_ms: number | null;
  created_at: number;
  client_timestamp: number;
  unredacted_sealed: Uint8Array | null;
}

/** `created_at` is read under the conversation's lock by the commit, so it grows with each commit. */
const LIST = {
  name: 'list-committed',
  text: `select message_id, role_order, sender_external_id, text, stream_id, start_ms, end_ms, created_at, client_timestamp,
    case when $6 then unredacted_sealed end as unredacted_sealed
  from messages
  where tenant_id = $1 and conversation_id = $2 and created_at >= $3 and message_id <> all ($4::text[])
  order by created_at, message_id limit $5`,
};

export function createLiveMessageStore(database: Database): LiveMessageStore {
  return {
    async listCommitted({ tenantId, conversationId, position, unredacted = false, limit }) {
      const { sinceMs, messageIds } = position;
      const values = [tenantId, conversationId, instant(sinceMs), messageIds, limit, unredacted];
      const rows = await database.run<CommittedRow>('list committed messages', LIST, values);
      return rows.map(toCommitted);
    },
  };
}

function toCommitted(row: CommittedRow): CommittedMessage {
  return {
    messageId: row.message_id,
    role: messageRole(row.role_order),
    senderExternalId: row.sender_external_id ?? undefined,
    text: row.text,
    ...(row.unredacted_sealed === null ? {} : { unredactedSealed: row.unredacted_sealed }),
    streamId: row.stream_id ?? undefined,
    startMs: row.start_ms ?? undefined,
    endMs: row.end_ms ?? undefined,
    createdAtMs: row.created_at,
    clientTimestampMs: row.client_timestamp,
  };
}
