import type { ErasedRecording } from '../../stores/retention.ts';
import { instant } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { EXPIRED, MESSAGES_CUTOFF } from './erase-expired.ts';
import { COUNT_GONE } from './erased-counts.ts';

/** Who finishes such a recording is fenced off, and deletes what it has stored. */
const ERASING = `state = 'erasing', finish_epoch = finish_epoch + 1, claimed_until`;
/** Its row goes with its audio. */
const BY_AGE = 'null';
/** Whoever was asked has it in hand. Its row goes with its conversation and is counted then, whoever deletes the audio. */
const ON_REQUEST = `clock_timestamp() + interval '1 minute'`;
/** As on request, and there is no audio any more. */
const SILENT = `'infinity'`;

const MARK_NAMED = `update recordings set ${ERASING} = ${ON_REQUEST}
where tenant_id = $1 and conversation_id = any ($2::text[]) returning 1`;

/** No recording of theirs is given to anybody from the commit on. Answers how many there are. */
export async function markRecordings(
  session: Session,
  tenantId: string,
  conversationIds: readonly string[],
): Promise<number> {
  return (await session.rows(MARK_NAMED, [tenantId, conversationIds])).length;
}

const MARK = (
  due: string,
): string => `update recordings set ${ERASING} = ${BY_AGE} where (tenant_id, session_id) in (
  select r.tenant_id, r.session_id
  from recordings r join conversations c on c.tenant_id = r.tenant_id and c.conversation_id = r.conversation_id
  where r.tenant_id = $1 and ${due}
  order by r.created_at limit $3 for update of r skip locked)`;

/**
 * With their conversation. A recording begins at most a moment after the last activity of that, so that the index sorts out
 * what is young.
 */
const MARK_WITH_CONVERSATION = MARK(
  `(r.state <> 'erasing' or r.claimed_until = ${SILENT}) and r.created_at < ${MESSAGES_CUTOFF} + interval '1 day' and ${EXPIRED}`,
);

/** Before their conversation, where the tenant chose so. */
const MARK_BY_DAYS =
  MARK(`r.state in ('ready', 'failed') and r.created_at < $2::timestamptz - interval '1 day' *
    (select recordings_days from retention_settings where tenant_id = $1)
  and not exists (select from conversation_holds h
    where h.tenant_id = r.tenant_id and h.conversation_id = r.conversation_id)`);

/** Also those of an erasure on request that did not come to its end. */
const LIST_ERASING = `select session_id as "sessionId", conversation_id as "conversationId" from recordings
where tenant_id = $1 and state = 'erasing' and (claimed_until is null or claimed_until <= clock_timestamp())
order by created_at, session_id limit $2`;

const FORGET = `with named as (
  select session_id, claimed_until is null as goes from recordings
  where tenant_id = $1 and session_id = any ($2::uuid[]) and state = 'erasing'
    and claimed_until is distinct from ${SILENT} for update
), gone as (
  delete from recordings r using named n where r.tenant_id = $1 and r.session_id = n.session_id and n.goes
  returning 1
), counted as (${COUNT_GONE('recordings')}), silent as (
  update recordings r set claimed_until = ${SILENT} from named n
  where r.tenant_id = $1 and r.session_id = n.session_id and not n.goes
)
select 1 from named`;

export async function claimExpiredRecordings(
  database: Database,
  { tenantId, nowMs, limit }: { readonly tenantId: string; readonly nowMs: number; readonly limit: number },
): Promise<readonly ErasedRecording[]> {
  for (const statement of [MARK_WITH_CONVERSATION, MARK_BY_DAYS]) {
    await database.run('mark expired recordings', statement, [tenantId, instant(nowMs), limit]);
  }
  return await database.run<ErasedRecording>('list recordings to erase', LIST_ERASING, [tenantId, limit]);
}

export async function forgetRecordings(
  database: Database,
  tenantId: string,
  sessionIds: readonly string[],
): Promise<number> {
  return (await database.run('forget recordings', FORGET, [tenantId, sessionIds])).length;
}

export async function findGoneConversations(
  database: Database,
  tenantId: string,
  conversationIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await database.run<{ id: string }>(
    'find conversations that are gone',
    `select id from unnest($2::text[]) as given (id) where not exists (
       select from conversations where tenant_id = $1 and conversation_id = id)`,
    [tenantId, conversationIds],
  );
  return rows.map(({ id }) => id);
}
