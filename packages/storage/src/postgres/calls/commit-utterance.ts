import { roleOrder } from '@earshot/domain';
import type { CommitOutcome, CommitUtteranceInput, LaneKey } from '../../stores/calls.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { shareStatements } from '../share-statements.ts';
import { storageError } from '../storage-error.ts';

/**
 * Utterances of one statement, and how long it may take until the next one need not wait for it: a conversation that
 * somebody else keeps locked holds up those of its own statement alone, and them no longer than a wait for a lock may be.
 */
const UTTERANCES_MAX = 32;
const PATIENCE_MS = 20;
const IN_FLIGHT_MAX = 8;

/**
 * Utterances of different conversations, each under its own lease. The parts run in the order in which each reads what
 * the one before returned: lease (locks the sessions, in one order), fence (the samples), conversation (locks it: commit
 * order is sequence order), message, lanes, deliveries. The last part reads the streams as they were before.
 *
 * The condition on `place` is always true. By it the planner expects a single row and looks everything up by its key,
 * though the tables may have been small when the plan was made.
 */
const COMMIT = {
  name: 'commit-utterances',
  text: `with given as materialized (
  select * from json_to_recordset($1) as given (place integer, tenant_id text, session_id uuid, lease_epoch integer,
    conversation_id text, role text, from_sample bigint, through_sample bigint, message_id text, stream_id uuid,
    role_order smallint, sender_external_id text, said text, start_ms bigint, end_ms bigint,
    client_timestamp timestamptz, findings jsonb, unredacted_sealed bytea, redaction_state bytea, body text,
    body_sealed bytea)
  where place between 0 and $2
), lease as materialized (
  select given.*, s.app_id from given
  join call_sessions s using (tenant_id, session_id, lease_epoch, conversation_id)
  where s.state <> 'ended'
  order by s.session_id for no key update of s
), fence as (
  update call_streams s set committed_through_sample = lease.through_sample, transcripts = s.transcripts + 1
  from lease
  where s.tenant_id = lease.tenant_id and s.session_id = lease.session_id and s.role = lease.role
    and s.committed_through_sample = lease.from_sample
  returning lease.*
), seen as (
  update call_sessions s set seen_at = now() from fence
  where s.tenant_id = fence.tenant_id and s.session_id = fence.session_id
    and s.seen_at < now() - interval '1 second'
), conversation as (
  update conversations c set last_activity_at = greatest(c.last_activity_at, now()) from fence
  where c.tenant_id = fence.tenant_id and c.conversation_id = fence.conversation_id
  returning fence.*
), redaction as (
  insert into redaction_states (tenant_id, conversation_id, sealed, spoken_at)
  select tenant_id, conversation_id, redaction_state, now() from conversation where redaction_state is not null
  on conflict (tenant_id, conversation_id) do update set sealed = excluded.sealed, spoken_at = excluded.spoken_at
), redaction_over as (
  delete from redaction_states r using conversation c
  where c.redaction_state is null and r.tenant_id = c.tenant_id and r.conversation_id = c.conversation_id
), message as (
  insert into messages (tenant_id, conversation_id, message_id, session_id, stream_id, role_order,
    sender_external_id, text, start_ms, end_ms, client_timestamp, created_at, unredacted_sealed, findings)
  select tenant_id, conversation_id, message_id, session_id, stream_id, role_order,
    sender_external_id, said, start_ms, end_ms, client_timestamp, clock_timestamp(), unredacted_sealed, findings
  from conversation
  on conflict do nothing
  returning tenant_id, conversation_id
), lane as (
  insert into lanes as l (tenant_id, endpoint_id, conversation_id, last_sequence)
  select e.tenant_id, e.endpoint_id, message.conversation_id, 1
  from message join fence using (tenant_id, conversation_id)
  join endpoints e on e.tenant_id = fence.tenant_id and e.app_id = fence.app_id
    and e.enabled and not e.operational_events
  order by message.conversation_id, e.endpoint_id
  on conflict (tenant_id, endpoint_id, conversation_id) do update set last_sequence = l.last_sequence + 1
  returning l.tenant_id, l.endpoint_id, l.conversation_id, l.last_sequence,
    (greatest(l.held_until, l.next_attempt_at) > clock_timestamp()) is true as held
), delivery as (
  insert into deliveries
    (tenant_id, endpoint_id, conversation_id, sequence, message_id, webhook_id, body, body_sealed,
     created_at)
  select lane.tenant_id, endpoint_id, conversation_id, last_sequence, message_id,
    'msg_' || left(translate(encode(
      sha256(convert_to(message_id || E'\\n' || endpoint_id, 'UTF8')), 'base64'), '+/', '-_'), 27),
    body, body_sealed, clock_timestamp()
  from lane join fence using (tenant_id, conversation_id)
)
select given.place, lease.place is not null as leased, fence.place is not null as advanced,
  case when fence.place is null then (
    select committed_through_sample from call_streams s
    where s.tenant_id = given.tenant_id and s.session_id = given.session_id and s.role = given.role) end as committed,
  coalesce((
    select json_agg(json_build_object('endpointId', endpoint_id, 'held', held)) from lane
    where lane.tenant_id = fence.tenant_id and lane.conversation_id = fence.conversation_id), '[]') as lanes
from given left join lease using (place) left join fence using (place)`,
};

interface CommitRow {
  place: number;
  leased: boolean;
  advanced: boolean;
  committed: number | null;
  lanes: { endpointId: string; held: boolean }[];
}

/**
 * Utterances that come while a statement is under way share the next one. `wakeHeld` is called with the lanes somebody
 * holds, after the commit.
 */
export function createUtteranceWriter(
  database: Database,
  wakeHeld: (lanes: readonly LaneKey[]) => void,
): (input: CommitUtteranceInput) => Promise<CommitOutcome> {
  const commit = shareStatements<CommitUtteranceInput, CommitRow>({
    waitMs: 0,
    countMax: UTTERANCES_MAX,
    patienceMs: PATIENCE_MS,
    inFlightMax: IN_FLIGHT_MAX,
    keyOf: ({ tenantId, conversationId }) => `${conversationId} ${tenantId}`,
    run: (inputs) => commitAll(database, inputs),
  });
  return async (input) => {
    const row = await commit(input);
    if (!row.leased) return { type: 'fenced' };
    if (!row.advanced) return refused(input, row.committed ?? 0);
    const { tenantId, conversationId } = input;
    const lanes = row.lanes.map(({ endpointId, held }) => ({
      key: { tenantId, endpointId, conversationId },
      held,
    }));
    wakeHeld(lanes.filter((lane) => lane.held).map((lane) => lane.key));
    return { type: 'committed', lanesToWake: lanes.filter((lane) => !lane.held).map((lane) => lane.key) };
  };
}

async function commitAll(
  database: Database,
  inputs: readonly CommitUtteranceInput[],
): Promise<readonly CommitRow[]> {
  const rows = await database.run<CommitRow>('commit utterances', COMMIT, [
    json(inputs.map(toRecord)),
    inputs.length,
  ]);
  return rows.sort((one, other) => one.place - other.place);
}

function refused(input: CommitUtteranceInput, committed: number): CommitOutcome {
  if (committed >= input.fromSample) return { type: 'already-done' };
  throw storageError(
    'storage.fence-mismatch',
    `Cannot commit from sample ${input.fromSample} of the ${input.message.role}: only ${committed} are committed`,
  );
}

function toRecord(input: CommitUtteranceInput, place: number) {
  const { message, webhookBody } = input;
  return {
    place,
    tenant_id: input.tenantId,
    session_id: input.sessionId,
    lease_epoch: input.leaseEpoch,
    conversation_id: input.conversationId,
    role: message.role,
    from_sample: input.fromSample,
    through_sample: input.throughSample,
    message_id: message.messageId,
    stream_id: message.streamId,
    role_order: roleOrder(message.role),
    sender_external_id: message.senderExternalId,
    // PostgreSQL takes no JSON with half of a surrogate pair.
    said: message.text.toWellFormed(),
    start_ms: message.startMs,
    end_ms: message.endMs,
    client_timestamp: instant(message.clientTimestampMs),
    findings: input.findings,
    unredacted_sealed: bytes(input.unredactedSealed),
    redaction_state: bytes(input.redactionState),
    ...(typeof webhookBody === 'string' ? { body: webhookBody } : { body_sealed: bytes(webhookBody.sealed) }),
  };
}

/** As PostgreSQL reads `bytea`. */
function bytes(sealed: Uint8Array | undefined): string | undefined {
  return sealed && `\\x${Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).toString('hex')}`;
}
