import type { LeaseKey } from '../../stores/calls.ts';
import type { MessageFinding } from '../../stores/raw-text.ts';
import type {
  AddPartOutcome,
  RecordedMessage,
  RecordingHole,
  RecordingPart,
  RecordingStore,
} from '../../stores/recordings.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';

/** Far more than are said in a day; a session lasts hours. */
const MESSAGES_MAX = 20_000;

/**
 * The share lock makes a take-over wait: it reads how far the recording goes after its epoch has been raised, and then
 * no part of the epoch before can follow. A finished recording takes no parts.
 */
const ADD_PART = {
  name: 'add-recording-part',
  text: `with lease as materialized (
  select s.tenant_id, s.session_id, s.conversation_id from call_sessions s
  where s.tenant_id = $1 and s.session_id = $2 and s.lease_epoch = $3
  for share of s
), place as (
  select * from lease where not exists (select from recordings r
    where r.tenant_id = $1 and r.session_id = $2 and (r.state <> 'recording' or r.finish_epoch > 0))
), recording as (
  insert into recordings as r (tenant_id, session_id, conversation_id, state, started_at, created_at, recorded_to_ms)
  select tenant_id, session_id, conversation_id, 'recording', $4, now(), $6 from place
  on conflict (tenant_id, session_id) do update set recorded_to_ms = greatest(r.recorded_to_ms, excluded.recorded_to_ms)
), part as (
  insert into recording_parts
    (tenant_id, session_id, from_ms, to_ms, lease_epoch, object_key, byte_count, holes, created_at)
  select tenant_id, session_id, $5, $6, $3, $7, $8, $9::jsonb, now() from place
  on conflict (tenant_id, session_id, from_ms) do nothing
  returning to_ms, object_key, byte_count, holes
)
select place.session_id is not null as "isOpen", coalesce(part.to_ms, old.to_ms) as "toMs", coalesce(part.object_key, old.object_key) as "objectKey",
  coalesce(part.byte_count, old.byte_count) as "byteCount", coalesce(part.holes, old.holes) as holes
from lease left join place on true left join part on true
left join recording_parts old on old.tenant_id = $1 and old.session_id = $2 and old.from_ms = $5`,
};

interface PartRow {
  isOpen: boolean;
  toMs: number;
  objectKey: string;
  byteCount: number;
  holes: RecordingHole[];
}

export async function addRecordingPart(
  database: Database,
  { tenantId, sessionId, leaseEpoch }: LeaseKey,
  part: RecordingPart,
  startedAtMs: number,
): Promise<AddPartOutcome> {
  const { fromMs, toMs, objectKey, byteCount, holes } = part;
  const place = [tenantId, sessionId, leaseEpoch, instant(startedAtMs), fromMs, toMs];
  const values = [...place, objectKey, byteCount, json(holes)];
  const [row] = await database.run<PartRow>('add a part of a recording', ADD_PART, values);
  if (row === undefined) return { type: 'fenced' };
  const { isOpen, ...stored } = row;
  return isOpen ? { type: 'saved', part: { fromMs, ...stored } } : { type: 'refused' };
}

export async function listRecordingParts(
  database: Database,
  { tenantId, sessionId }: Parameters<RecordingStore['listParts']>[0],
): Promise<readonly RecordingPart[]> {
  return await database.run(
    'list parts of a recording',
    `select from_ms as "fromMs", to_ms as "toMs", object_key as "objectKey", byte_count as "byteCount", holes
     from recording_parts where tenant_id = $1 and session_id = $2 order by from_ms`,
    [tenantId, sessionId],
  );
}

interface MessageRow {
  messageId: string;
  roleOrder: number;
  startMs: number;
  endMs: number;
  text: string;
  findings: MessageFinding[] | null;
}

export async function listRecordedMessages(
  database: Database,
  query: Parameters<RecordingStore['listMessages']>[0],
): Promise<readonly RecordedMessage[]> {
  const { tenantId, conversationId, sessionId, endsFromMs } = query;
  const rows = await database.run<MessageRow>(
    'list messages of a recording',
    `select message_id as "messageId", role_order as "roleOrder", start_ms as "startMs", end_ms as "endMs", text,
       findings
     from messages where tenant_id = $1 and conversation_id = $2 and session_id = $3 and end_ms >= $4
     order by start_ms, role_order, message_id limit $5`,
    [tenantId, conversationId, sessionId, endsFromMs, MESSAGES_MAX],
  );
  return rows.map(({ roleOrder, findings, ...message }) => ({
    ...message,
    role: roleOrder === 0 ? 'customer' : 'agent',
    findings: findings ?? undefined,
  }));
}
