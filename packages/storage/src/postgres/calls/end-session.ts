import type { EndSessionInput } from '../../stores/calls.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';

/** The checkpoint goes with the end: nobody resumes from it, and it is the largest column. */
const END = `with lease as (
  select session_id, state from call_sessions
  where tenant_id = $1 and session_id = $2 and lease_epoch = $3
  for no key update
), ended as (
  update call_sessions s set state = 'ended', ended_reason = $4, trouble = $5, ended_at = $6, checkpoint = null,
    media_report = coalesce($9, s.media_report)
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
    json(input.mediaReport),
  ]);
  return leased.length > 0 ? 'ended' : 'fenced';
}
