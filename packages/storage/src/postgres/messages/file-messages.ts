import type { MessageStore } from '../../stores/messages.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';

/** Locks the conversation as a commit does, so that `created_at` grows with each write. */
const TOUCH = `update conversations set last_activity_at = greatest(last_activity_at, now())
where tenant_id = $1 and conversation_id = $2 returning 1`;

/** A message filed again has its id already. */
const INSERT = {
  name: 'file-messages',
  text: `insert into messages
  (tenant_id, conversation_id, message_id, role_order, sender_external_id, text, client_timestamp, created_at)
select $1, $2, message_id, role_order, sender, text, client_timestamp, clock_timestamp()
from unnest($3::text[], $4::smallint[], $5::text[], $6::text[], $7::timestamptz[])
  as filed (message_id, role_order, sender, text, client_timestamp)
on conflict do nothing`,
};

const ROLE_ORDER = { customer: 0, agent: 1, system: 2 } as const;

export async function fileMessages(
  database: Database,
  { tenantId, conversationId, messages }: Parameters<MessageStore['file']>[0],
): Promise<'filed' | 'unknown'> {
  return await database.transaction('file messages', async (session) => {
    const found = await session.rows(TOUCH, [tenantId, conversationId]);
    if (found.length === 0) return 'unknown';
    await session.rows(INSERT, [
      tenantId,
      conversationId,
      messages.map(({ messageId }) => messageId),
      messages.map(({ role }) => ROLE_ORDER[role]),
      messages.map(({ senderExternalId }) => senderExternalId),
      messages.map(({ text }) => text),
      messages.map(({ clientTimestampMs }) => instant(clientTimestampMs)),
    ]);
    return 'filed';
  });
}
