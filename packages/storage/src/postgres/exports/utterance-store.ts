import type { StoredUtterance, UtteranceStore } from '../../stores/utterances.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { messageRole } from '../messages/message-role.ts';

interface UtteranceRow {
  message_id: string;
  conversation_id: string;
  external_id: string;
  stream_id: string | null;
  role_order: number;
  sender_external_id: string | null;
  text: string;
  start_ms: number | null;
  end_ms: number | null;
  language: string | null;
  client_timestamp: number;
  created_at: number;
}

/**
 * Without a name, so that a plan made while the table was empty is not kept. The page is taken off the index first and
 * each row looks up its own conversation and session, whatever the server believes of their number.
 */
const LIST = `select m.message_id, m.conversation_id, c.external_id, m.stream_id, m.role_order, m.sender_external_id,
  m.text, m.start_ms, m.end_ms, s.language, m.client_timestamp, m.created_at
from (
  select * from messages
  where tenant_id = $1 and client_timestamp < $3 and created_at < $4
    and (client_timestamp, message_id, conversation_id) > ($2, $5, $6)
  order by client_timestamp, message_id, conversation_id limit $7
) m
cross join lateral (
  select external_id from conversations
  where tenant_id = m.tenant_id and conversation_id = m.conversation_id limit 1
) c
left join lateral (
  select settings ->> 'language' as language from call_sessions
  where tenant_id = m.tenant_id and session_id = m.session_id limit 1
) s on true
order by m.client_timestamp, m.message_id, m.conversation_id`;

export function createUtteranceStore(database: Database): UtteranceStore {
  return {
    async listSpoken({ tenantId, fromMs, toMs, storedBeforeMs, after, limit }) {
      const rows = await database.run<UtteranceRow>('list utterances', LIST, [
        tenantId,
        instant(after?.clientTimestampMs ?? fromMs),
        instant(toMs),
        instant(storedBeforeMs),
        // No id is empty, so that these begin before the first utterance of the instant.
        after?.messageId ?? '',
        after?.conversationId ?? '',
        limit,
      ]);
      return rows.map(toUtterance);
    },
  };
}

function toUtterance(row: UtteranceRow): StoredUtterance {
  return {
    messageId: row.message_id,
    conversationId: row.conversation_id,
    externalConversationId: row.external_id,
    streamId: row.stream_id ?? undefined,
    role: messageRole(row.role_order),
    senderExternalId: row.sender_external_id ?? undefined,
    text: row.text,
    startMs: row.start_ms ?? undefined,
    endMs: row.end_ms ?? undefined,
    language: row.language ?? undefined,
    clientTimestampMs: row.client_timestamp,
    createdAtMs: row.created_at,
  };
}
