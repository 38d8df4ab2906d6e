import type { ErasedCounts, RetentionSettings } from '../../stores/retention.ts';
import { instant } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { eraseConversations, NOTHING_ERASED } from './erase-conversations.ts';
import { COUNT_GONE } from './erased-counts.ts';
import { RETENTION_DEFAULTS } from './retention-settings.ts';

interface Batch {
  readonly tenantId: string;
  readonly nowMs: number;
  readonly limit: number;
}

const CUTOFF = (kind: keyof RetentionSettings, column: string, now = '$2::timestamptz'): string =>
  `${now} - interval '1 day' * coalesce(
    (select ${column} from retention_settings where tenant_id = $1), ${RETENTION_DEFAULTS[kind]})`;
/** By whole days of UTC, so that those of a day expire together and their messages can be dropped as one. */
export const MESSAGES_CUTOFF = CUTOFF(
  'messagesDays',
  'messages_days',
  `date_trunc('day', $2::timestamptz, 'UTC')`,
);

/**
 * Of a conversation `c` of tenant $1 at the instant $2: too old, and nobody keeps it. What is looked up is looked up for one
 * conversation after the other (`offset 0`): joined, whole tables would be read for a batch.
 */
export const EXPIRED = `c.tenant_id = $1 and c.created_at < ${MESSAGES_CUTOFF} and c.last_activity_at < ${MESSAGES_CUTOFF}
  and not exists (select from conversation_holds h
    where h.tenant_id = c.tenant_id and h.conversation_id = c.conversation_id offset 0)
  and not exists (select from call_sessions s
    where s.tenant_id = c.tenant_id and s.conversation_id = c.conversation_id and s.state <> 'ended' offset 0)`;

/** As `EXPIRED`, and its recordings are gone, which go first. */
export const ERASABLE = `${EXPIRED} and not exists (select from recordings r
  where r.tenant_id = c.tenant_id and r.conversation_id = c.conversation_id offset 0)`;

/** What another process locks is left to it. The row is judged again once it is locked. */
const DUE = `select c.conversation_id as "conversationId", c.external_id as "externalId" from conversations c
where ${ERASABLE}
order by c.created_at limit $3 for update of c skip locked`;

/** A start that has the lock of its guid is about to make the conversation live. */
const UNTOUCHED = `select "conversationId" from unnest($2::text[], $3::text[]) as given ("conversationId", "externalId")
where pg_try_advisory_xact_lock(hashtextextended($1 || E'\\n' || "externalId", 0))
  and not exists (select from call_sessions s
    where s.tenant_id = $1 and s.conversation_id = "conversationId" and s.state <> 'ended')
  and not exists (select from conversation_holds h where h.tenant_id = $1 and h.conversation_id = "conversationId")`;

export function eraseExpired(database: Database, { tenantId, nowMs, limit }: Batch): Promise<ErasedCounts> {
  return database.transaction('erase expired conversations', async (session) => {
    const due = await session.rows<{ conversationId: string; externalId: string }>(DUE, [
      tenantId,
      instant(nowMs),
      limit,
    ]);
    if (due.length === 0) return NOTHING_ERASED;
    const conversationIds = await untouched(session, tenantId, due);
    return await eraseConversations(session, { tenantId, conversationIds }, { atMs: nowMs, cause: 'age' });
  });
}

async function untouched(
  session: Session,
  tenantId: string,
  due: readonly { conversationId: string; externalId: string }[],
): Promise<string[]> {
  const rows = await session.rows<{ conversationId: string }>(UNTOUCHED, [
    tenantId,
    due.map(({ conversationId }) => conversationId),
    due.map(({ externalId }) => externalId),
  ]);
  return rows.map(({ conversationId }) => conversationId);
}

const DELIVERIES = `with gone as (
  delete from deliveries where delivery_id in (
    select d.delivery_id from deliveries d
    where d.tenant_id = $1 and d.created_at < ${CUTOFF('deliveriesDays', 'deliveries_days')} and d.state <> 0
      and not exists (select from conversation_holds h
        where h.tenant_id = d.tenant_id and h.conversation_id = d.conversation_id)
    order by d.created_at limit $3 for update of d skip locked) returning 1
), counted as (${COUNT_GONE('deliveries')})
select 1 from gone`;

const RECEIPTS = `with gone as (
  delete from erasure_receipts where (tenant_id, erasure_id) in (
    select tenant_id, erasure_id from erasure_receipts
    where tenant_id = $1 and erased_at < ${CUTOFF('auditDays', 'audit_days')}
    order by erased_at limit $3 for update skip locked) returning 1
), counted as (${COUNT_GONE('receipts')})
select 1 from gone`;

const COUNTS = `delete from erased_counts
where tenant_id = $1 and day < ((${CUTOFF('auditDays', 'audit_days')}) at time zone 'UTC')::date`;

export async function eraseExpiredDeliveries(database: Database, batch: Batch): Promise<number> {
  return await countOf(database, 'erase expired deliveries', DELIVERIES, batch);
}

export async function eraseExpiredReceipts(database: Database, batch: Batch): Promise<number> {
  await database.run('erase old counts', COUNTS, [batch.tenantId, instant(batch.nowMs)]);
  return await countOf(database, 'erase expired receipts', RECEIPTS, batch);
}

async function countOf(database: Database, action: string, statement: string, batch: Batch): Promise<number> {
  const values = [batch.tenantId, instant(batch.nowMs), batch.limit];
  return (await database.run(action, statement, values)).length;
}
