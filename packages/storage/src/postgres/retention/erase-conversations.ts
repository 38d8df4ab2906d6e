import type { ErasedCounts } from '../../stores/retention.ts';
import { instant } from '../column-types.ts';
import type { Session } from '../database.ts';
import { addErased, type ErasureCause } from './erased-counts.ts';
import { FIRST_KEPT_DAY } from '../exports/export-expiry.ts';

/**
 * Rows go from the leaves up, so that each kind is counted; cascades of the conversation take what is left. $3 is today:
 * days before it that had rows are exported anew also if they never were, so that a build that is just beginning is
 * not missed; today, and days whose files have expired, only if something of them was written.
 */
const LEAVES = `with gone as (
  select unnest($2::text[]) as conversation_id
), attempt as (
  delete from attempts a using gone join lanes l on l.tenant_id = $1 and l.conversation_id = gone.conversation_id
    join deliveries d on d.tenant_id = $1 and d.endpoint_id = l.endpoint_id and d.conversation_id = l.conversation_id
  where a.tenant_id = $1 and a.delivery_id = d.delivery_id
  returning 1
), message as (
  delete from messages m using gone where m.tenant_id = $1 and m.conversation_id = gone.conversation_id
  returning m.client_timestamp, m.unredacted_sealed is not null as sealed
), state as (
  delete from redaction_states r using gone where r.tenant_id = $1 and r.conversation_id = gone.conversation_id
  returning 1
), day as (
  select distinct (client_timestamp at time zone 'UTC')::date as day from message
), export_day as (
  insert into export_days as e (tenant_id, day, rebuild_requested_at, rebuild_purges)
  select $1, day.day, $3::timestamptz, true from day
  where $4 and (day.day < ($3::timestamptz at time zone 'UTC')::date
    and day.day >= ${FIRST_KEPT_DAY('$1', '$3::timestamptz')}
    or exists (select from export_days where tenant_id = $1 and export_days.day = day.day))
  order by day.day
  on conflict (tenant_id, day) do update set rebuild_purges = true,
    rebuild_requested_at = greatest(e.rebuild_requested_at + interval '1 ms', excluded.rebuild_requested_at)
  returning 1
)
select (select count(*) from attempt) as attempts, (select count(*) from message) as messages,
  (select count(*) from message where sealed) as "sealedTexts", (select count(*) from state) as "redactionStates",
  (select count(*) from export_day) as "exportDays"`;

const DELIVERIES = `delete from deliveries d using lanes l
where l.tenant_id = $1 and l.conversation_id = any ($2::text[]) and d.tenant_id = $1
  and d.endpoint_id = l.endpoint_id and d.conversation_id = l.conversation_id returning 1`;

const TRUNK = `with session as (
  select 1 from call_sessions where tenant_id = $1 and conversation_id = any ($2::text[])
), recording as (
  delete from recordings where tenant_id = $1 and conversation_id = any ($2::text[]) returning 1
), conversation as (
  delete from conversations where tenant_id = $1 and conversation_id = any ($2::text[]) returning 1
)
select (select count(*) from session) as sessions, (select count(*) from conversation) as conversations,
  (select count(*) from recording) as recordings`;

export const NOTHING_ERASED: ErasedCounts = {
  conversations: 0,
  sessions: 0,
  messages: 0,
  sealedTexts: 0,
  deliveries: 0,
  attempts: 0,
  redactionStates: 0,
  recordings: 0,
  exportDays: 0,
};

/**
 * Deletes conversations whose rows the transaction has locked and in which nobody speaks, with everything of theirs.
 * Days that were exported are to be written anew at once where somebody asked.
 */
export async function eraseConversations(
  session: Session,
  where: { readonly tenantId: string; readonly conversationIds: readonly string[] },
  { atMs, cause }: { readonly atMs: number; readonly cause: ErasureCause },
): Promise<ErasedCounts> {
  const values = [where.tenantId, where.conversationIds];
  const [leaves] = await session.rows<
    Omit<ErasedCounts, 'conversations' | 'sessions' | 'deliveries' | 'recordings'>
  >(LEAVES, [...values, instant(atMs), cause === 'request']);
  const deliveries = await session.rows(DELIVERIES, values);
  const [trunk] = await session.rows<Pick<ErasedCounts, 'conversations' | 'sessions' | 'recordings'>>(
    TRUNK,
    values,
  );
  const counts = { ...NOTHING_ERASED, ...leaves, ...trunk, deliveries: deliveries.length };
  // Last, since others that erase for this tenant wait for it.
  await addErased(session, cause, [{ tenantId: where.tenantId, ...counts }]);
  return counts;
}
