import { roleOrder } from '@earshot/domain';
import type { CommitOutcome, CommitUtteranceInput, LaneKey } from '../stores/calls.ts';
import { instant, json } from './column-types.ts';
import type { Database } from './database.ts';
import { storageError } from './storage-error.ts';

/**
 * One statement, one round trip. The parts run in the order in which each reads what the one before returned:
 * lease (locks the session), fence (the samples), message, conversation (locks it: commit order is sequence order),
 * lanes, deliveries. `last` reads the stream as it was before.
 */
const COMMIT = {
  name: 'commit-utterance',
  text: `with lease as (
  select session_id, conversation_id, app_id from call_sessions
  where tenant_id = $1 and session_id = $2 and lease_epoch = $3 and state <> 'ended'
  for no key update
), progress as (
  select role, max(bytes) as bytes from unnest($17::text[], $18::bigint[]) as given (role, bytes) group by role
), fence as (
  update call_streams s set committed_through_sample = $6, transcripts = s.transcripts + 1,
    audio_bytes = greatest(s.audio_bytes, (select bytes from progress where progress.role = $4))
  from lease
  where s.tenant_id = $1 and s.session_id = $2 and s.role = $4 and s.committed_through_sample = $5
  returning lease.conversation_id, lease.app_id
), other_streams as (
  update call_streams s set audio_bytes = progress.bytes from fence, progress
  where s.tenant_id = $1 and s.session_id = $2 and s.role = progress.role and s.role <> $4
    and s.audio_bytes < progress.bytes
), saved as (
  update call_sessions s set checkpoint = coalesce($14, s.checkpoint), seen_at = now() from fence
  where s.tenant_id = $1 and s.session_id = $2
    and ($14::json is not null or s.seen_at < now() - interval '1 second')
), conversation as (
  update conversations c set last_activity_at = greatest(c.last_activity_at, now()) from fence
  where c.tenant_id = $1 and c.conversation_id = fence.conversation_id
  returning c.conversation_id, fence.app_id
), redaction as (
  insert into redaction_states (tenant_id, conversation_id, sealed, spoken_at)
  select $1, conversation_id, $15, now() from conversation where $15::bytea is not null
  on conflict (tenant_id, conversation_id) do update set sealed = excluded.sealed, spoken_at = excluded.spoken_at
), redaction_over as (
  delete from redaction_states r using conversation
  where $15::bytea is null and r.tenant_id = $1 and r.conversation_id = conversation.conversation_id
), message as (
  insert into messages (tenant_id, conversation_id, message_id, session_id, stream_id, role_order,
    sender_external_id, text, start_ms, end_ms, client_timestamp, created_at, unredacted_sealed, findings)
  select $1, conversation_id, $7, $2, $8, $19, $9, $10, $11, $12, $13, clock_timestamp(), $20, $21 from conversation
  on conflict do nothing
  returning conversation_id
), lane as (
  insert into lanes as l (tenant_id, endpoint_id, conversation_id, last_sequence)
  select $1, e.endpoint_id, message.conversation_id, 1 from message
  join fence on true
  join endpoints e on e.tenant_id = $1 and e.app_id = fence.app_id and e.enabled and not e.operational_events
  order by e.endpoint_id
  on conflict (tenant_id, endpoint_id, conversation_id) do update set last_sequence = l.last_sequence + 1
  returning l.endpoint_id, l.conversation_id, l.last_sequence,
    (greatest(l.held_until, l.next_attempt_at) > clock_timestamp()) is true as held
), delivery as (
  insert into deliveries
    (tenant_id, endpoint_id, conversation_id, sequence, message_id, webhook_id, body, body_sealed,
     created_at)
  select $1, endpoint_id, conversation_id, last_sequence, $7,
    'msg_' || left(translate(encode(sha256(convert_to($7 || E'\\n' || endpoint_id, 'UTF8')), 'base64'), '+/', '-_'), 27),
    $16, $22, clock_timestamp() from lane
), last as (
  select committed_through_sample from call_streams where tenant_id = $1 and session_id = $2 and role = $4
)
select exists (select from lease) as leased, exists (select from fence) as advanced,
  (select committed_through_sample from last) as committed,
  (select coalesce(json_agg(json_build_object('endpointId', endpoint_id, 'conversationId', conversation_id,
    'held', held)), '[]') from lane) as lanes`,
};

interface CommitRow {
  leased: boolean;
  advanced: boolean;
  committed: number | null;
  lanes: { endpointId: string; conversationId: string; held: boolean }[];
}

/** `wakeHeld` is called with the lanes somebody holds, after the commit. */
export async function commitUtterance(
  database: Database,
  input: CommitUtteranceInput,
  wakeHeld: (lanes: readonly LaneKey[]) => void,
): Promise<CommitOutcome> {
  const [row] = await database.run<CommitRow>('commit an utterance', COMMIT, parameters(input));
  if (row?.leased !== true) return { type: 'fenced' };
  if (!row.advanced) return refused(input, row.committed ?? 0);
  const lanes = row.lanes.map(({ endpointId, conversationId, held }) => ({
    key: { tenantId: input.tenantId, endpointId, conversationId },
    held,
  }));
  wakeHeld(lanes.filter((lane) => lane.held).map((lane) => lane.key));
  return { type: 'committed', lanesToWake: lanes.filter((lane) => !lane.held).map((lane) => lane.key) };
}

function refused(input: CommitUtteranceInput, committed: number): CommitOutcome {
  if (committed >= input.fromSample) return { type: 'already-done' };
  throw storageError(
    'storage.fence-mismatch',
    `Cannot commit from sample ${input.fromSample} of the ${input.message.role}: only ${committed} are committed`,
  );
}

function parameters(input: CommitUtteranceInput): unknown[] {
  const { message } = input;
  return [
    input.tenantId,
    input.sessionId,
    input.leaseEpoch,
    message.role,
    input.fromSample,
    input.throughSample,
    message.messageId,
    message.streamId,
    message.senderExternalId,
    message.text,
    message.startMs,
    message.endMs,
    instant(message.clientTimestampMs),
    json(input.checkpoint),
    input.redactionState ?? null,
    typeof input.webhookBody === 'string' ? input.webhookBody : null,
    input.progress.map((progress) => progress.role),
    input.progress.map((progress) => progress.audioBytes),
    roleOrder(message.role),
    input.unredactedSealed ?? null,
    json(input.findings),
    typeof input.webhookBody === 'string' ? null : input.webhookBody.sealed,
  ];
}
