import type { MessageStore, TimedMessage } from '../../stores/messages.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { messageRole } from './message-role.ts';

interface TimedRow {
  message_id: string;
  role_order: number;
  sender_external_id: string | null;
  text: string;
  client_timestamp: number;
  session_id: string | null;
  start_ms: number | null;
  end_ms: number | null;
}

const LIST = {
  name: 'list-timed-messages',
  text: `select message_id, role_order, sender_external_id, text, client_timestamp, session_id, start_ms, end_ms
  from messages
  where tenant_id = $1 and conversation_id = $2
    and ($3::timestamptz is null or (client_timestamp, role_order, message_id) > ($3, $4, $5))
  order by client_timestamp, role_order, message_id limit $6`,
};

export async function listTimed(
  database: Database,
  { tenantId, conversationId, after, limit }: Parameters<MessageStore['listTimed']>[0],
): Promise<readonly TimedMessage[]> {
  const place = [instant(after?.clientTimestampMs), after?.roleOrder ?? null, after?.messageId ?? null];
  const values = [tenantId, conversationId, ...place, limit];
  return (await database.run<TimedRow>('list timed messages', LIST, values)).map(toTimed);
}

function toTimed(row: TimedRow): TimedMessage {
  const { session_id: sessionId, start_ms: startMs, end_ms: endMs } = row;
  const isSpoken = sessionId !== null && startMs !== null && endMs !== null;
  return {
    messageId: row.message_id,
    role: messageRole(row.role_order),
    senderExternalId: row.sender_external_id ?? undefined,
    text: row.text,
    clientTimestampMs: row.client_timestamp,
    ...(isSpoken ? { spoken: { sessionId, startMs, endMs } } : {}),
  };
}
