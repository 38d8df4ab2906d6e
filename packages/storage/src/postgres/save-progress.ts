import type { EndSessionInput, SaveProgressInput } from '../stores/calls.ts';
import { instant, json } from './column-types.ts';
import type { Database } from './database.ts';
import { REDACTION_STATE_MS_MAX } from './lease-session.ts';

/** A role may come with samples, with bytes or with both: each stream is updated once. */
const SAVE = {
  name: 'save-progress',
  text: `with lease as (
  select conversation_id from call_sessions
  where tenant_id = $1 and session_id = $2 and lease_epoch = $3 and state <> 'ended'
  for no key update
), saved as (
  update call_sessions set checkpoint = $4, contact_id = coalesce($5, contact_id), seen_at = now() from lease
  where tenant_id = $1 and session_id = $2
), change as (
  select role, max(from_sample) as from_sample, max(through_sample) as through_sample, max(bytes) as bytes from (
    select role, from_sample, through_sample, null::bigint as bytes
      from unnest($6::text[], $7::bigint[], $8::bigint[]) as advance (role, from_sample, through_sample)
    union all
    select role, null, null, bytes from unnest($9::text[], $10::bigint[]) as progress (role, bytes)
  ) given group by role
), streams as (
  update call_streams s set
    committed_through_sample = case when s.committed_through_sample = change.from_sample
      then greatest(s.committed_through_sample, change.through_sample) else s.committed_through_sample end,
    audio_bytes = greatest(s.audio_bytes, change.bytes)
  from lease, change where s.tenant_id = $1 and s.session_id = $2 and s.role = change.role
), redaction_over as (
  delete from redaction_states r using lease where r.tenant_id = $1 and r.conversation_id = lease.conversation_id
    and r.spoken_at <= now() - $11 * interval '1 millisecond'
)
select from lease`,
};

export async function saveProgress(
  database: Database,
  input: SaveProgressInput,
): Promise<'saved' | 'fenced'> {
  const leased = await database.run('save the progress of a session', SAVE, [
    input.tenantId,
    input.sessionId,
    input.leaseEpoch,
    json(input.checkpoint),
    input.contactId ?? null,
    input.advance.map((advance) => advance.role),
    input.advance.map((advance) => advance.fromSample),
    input.advance.map((advance) => advance.throughSample),
    input.progress.map((progress) => progress.role),
    input.progress.map((progress) => progress.audioBytes),
    REDACTION_STATE_MS_MAX,
  ]);
  return leased.length > 0 ? 'saved' : 'fenced';
}

/** The checkpoint goes with the end: nobody resumes from it, and it is the largest column. */
const END = `with lease as (
  select session_id, state from call_sessions
  where tenant_id = $1 and session_id = $2 and lease_epoch = $3
  for no key update
), ended as (
  update call_sessions s set state = 'ended', ended_reason = $4, trouble = $5, ended_at = $6, checkpoint = null
  from lease where s.tenant_id = $1 and s.session_id = $2 and lease.state <> 'ended'
  returning pg_notify('session_ended', s.session_id::text), s.session_id
), streams as (
  update call_streams s set audio_bytes = greatest(s.audio_bytes, progress.bytes)
  from ended, unnest($7::text[], $8::bigint[]) as progress (role, bytes)
  where s.tenant_id = $1 and s.session_id = $2 and s.role = progress.role
)
select from lease left join ended using (session_id)`;

export async function endSession(database: Database, input: EndSessionInput): Promise<'ended' | 'fenced'> {
  const leased = await database.run('end a session', END, [
    input.tenantId,
    input.sessionId,
    input.leaseEpoch,
    input.reason,
    json(input.trouble),
    instant(input.endedAtMs),
    input.progress.map((progress) => progress.role),
    input.progress.map((progress) => progress.audioBytes),
  ]);
  return leased.length > 0 ? 'ended' : 'fenced';
}
