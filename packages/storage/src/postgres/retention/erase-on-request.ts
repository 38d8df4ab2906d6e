import type { EraseOutcome, ErasureRequest, ErasureSubject } from '../../stores/retention.ts';
import { instant, json } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { eraseConversations } from './erase-conversations.ts';
import { markRecordings } from './erase-recordings.ts';

/** Conversations of a customer in one transaction, so that none takes long. */
const CONVERSATIONS_MAX = 100;

const OF_CONVERSATION = `select conversation_id as "conversationId", external_id as "externalId" from conversations
where tenant_id = $1 and external_id = $2 limit $3`;

/**
 * A later leg may have named another customer: the streams tell who took part. The planner knows nothing of how many
 * conversations a customer has, so each is looked up by itself.
 */
const OF_CUSTOMER = `select c.conversation_id as "conversationId", c.external_id as "externalId" from (
  select conversation_id from conversations where tenant_id = $1 and customer_external_id = $2
  union
  select s.conversation_id from call_streams t cross join lateral (
    select conversation_id from call_sessions
    where tenant_id = t.tenant_id and session_id = t.session_id limit 1) s
  where t.tenant_id = $1 and t.external_id = $2 and t.role = 'customer'
) of_customer cross join lateral (
  select conversation_id, external_id from conversations
  where tenant_id = $1 and conversation_id = of_customer.conversation_id limit 1
) c
order by c.conversation_id limit $3`;

/** Nothing waits for a start or stop under way: it has the lock of its guid. */
const LOCK_GUIDS = `select bool_and(locked) as locked from (
  select pg_try_advisory_xact_lock(hashtextextended($1 || E'\\n' || given, 0)) as locked
  from unnest($2::text[]) as given) tried`;

const LOCK_ROWS = `select conversation_id as "conversationId" from conversations
where tenant_id = $1 and conversation_id = any ($2::text[]) order by conversation_id for update`;

const OBSTACLES = `select
  exists (select from call_sessions
    where tenant_id = $1 and conversation_id = any ($2::text[]) and state <> 'ended') as live,
  (select min(placed_at) from conversation_holds
    where tenant_id = $1 and conversation_id = any ($2::text[])) as "placedAtMs"`;

const SAVE_RECEIPT = `insert into erasure_receipts
  (tenant_id, erasure_id, subject, subject_hash, requested_by, erased_at, counts, digest)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;

interface Named {
  readonly subject: ErasureSubject;
  readonly externalId: string;
}

interface Found {
  readonly conversationId: string;
  readonly externalId: string;
}

/** What is to be erased; of a customer with more conversations than one transaction takes the first of them. */
interface Prepared {
  readonly type: 'prepared';
  readonly batch: readonly Found[];
  readonly complete: boolean;
  readonly recordingCount: number;
}

/** Audio first, then rows: what is forgotten has left nothing behind. */
export async function eraseOnRequest(
  database: Database,
  named: Named,
  request: ErasureRequest,
): Promise<EraseOutcome> {
  const { tenantId, erasedAtMs, eraseAudio } = request;
  const prepared = await prepare(database, named, tenantId);
  if (prepared.type !== 'prepared') return prepared;
  const { batch, complete, recordingCount } = prepared;
  const conversationIds = batch.map(({ conversationId }) => conversationId);
  await eraseAudio({ conversationIds, recordingCount });
  return await database.transaction(`erase a ${named.subject}`, async (session): Promise<EraseOutcome> => {
    const obstacle = await lockOrTell(session, tenantId, batch);
    if (obstacle !== undefined) return obstacle;
    const where = { tenantId, conversationIds };
    const counts = await eraseConversations(session, where, { atMs: erasedAtMs, cause: 'request' });
    // Another erasure was first: what it counted is on its receipt.
    if (counts.conversations === 0) return { type: 'unknown' };
    return { type: 'erased', receipt: await saveReceipt(session, named.subject, request, counts), complete };
  });
}

function prepare(
  database: Database,
  { subject, externalId }: Named,
  tenantId: string,
): Promise<Prepared | EraseOutcome> {
  return database.transaction(`prepare to erase a ${subject}`, async (session) => {
    const found = await session.rows<Found>(subject === 'conversation' ? OF_CONVERSATION : OF_CUSTOMER, [
      tenantId,
      externalId,
      CONVERSATIONS_MAX + 1,
    ]);
    if (found.length === 0) return { type: 'unknown' };
    const batch = found.slice(0, CONVERSATIONS_MAX);
    const obstacle = await lockOrTell(session, tenantId, batch);
    if (obstacle !== undefined) return obstacle;
    const ids = batch.map(({ conversationId }) => conversationId);
    const recordingCount = await markRecordings(session, tenantId, ids);
    return { type: 'prepared', batch, complete: found.length <= CONVERSATIONS_MAX, recordingCount };
  });
}

async function lockOrTell(
  session: Session,
  tenantId: string,
  batch: readonly Found[],
): Promise<EraseOutcome | undefined> {
  const guids = batch.map(({ externalId }) => externalId);
  const ids = batch.map(({ conversationId }) => conversationId);
  const [guid] = await session.rows<{ locked: boolean }>(LOCK_GUIDS, [tenantId, guids]);
  if (guid?.locked !== true) return { type: 'live' };
  await session.rows(LOCK_ROWS, [tenantId, ids]);
  const [obstacle] = await session.rows<{ live: boolean; placedAtMs: number | null }>(OBSTACLES, [
    tenantId,
    ids,
  ]);
  if (obstacle?.live === true) return { type: 'live' };
  const placedAtMs = obstacle?.placedAtMs ?? undefined;
  return placedAtMs === undefined ? undefined : { type: 'held', placedAtMs };
}

async function saveReceipt(
  session: Session,
  subject: ErasureSubject,
  { sign, tenantId, erasureId, subjectHash, requestedBy, erasedAtMs }: ErasureRequest,
  counts: Parameters<ErasureRequest['sign']>[0]['counts'],
) {
  const erasure = { tenantId, erasureId, subjectHash, requestedBy, erasedAtMs, subject, counts };
  const receipt = { ...erasure, digest: sign(erasure) };
  await session.rows(SAVE_RECEIPT, [
    receipt.tenantId,
    receipt.erasureId,
    subject,
    receipt.subjectHash,
    receipt.requestedBy,
    instant(receipt.erasedAtMs),
    json(counts),
    receipt.digest,
  ]);
  return receipt;
}
