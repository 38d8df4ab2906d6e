import type { FinishClaim, FinishResult, RecordingStore } from '../../stores/recordings.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { LEG_COLUMNS, toLeg, type RecordingLegRow } from './recording-rows.ts';

const CLAIM = `with due as (
  select r.tenant_id, r.session_id from recordings r join call_sessions s using (tenant_id, session_id)
  where r.state = 'recording' and s.state = 'ended'
    and (r.claimed_until is null or r.claimed_until <= clock_timestamp())
    and (r.closed_at is not null or s.ended_at <= clock_timestamp() - $2 * interval '1 ms')
  order by r.created_at limit 1 for update of r skip locked
), claimed as (
  update recordings r set finish_epoch = r.finish_epoch + 1, finish_tries = r.finish_tries + 1,
    claimed_until = clock_timestamp() + $1 * interval '1 ms'
  from due where r.tenant_id = due.tenant_id and r.session_id = due.session_id
  returning r.*
)
select ${LEG_COLUMNS}, r.finish_epoch as epoch, r.finish_tries as tries, c.external_id as guid
from claimed r join call_sessions s using (tenant_id, session_id)
join conversations c on c.tenant_id = r.tenant_id and c.conversation_id = r.conversation_id`;

type ClaimRow = RecordingLegRow & { epoch: number; tries: number; guid: string };

export async function claimUnfinishedRecording(
  database: Database,
  { leaseMs, unclosedMs }: Parameters<RecordingStore['claimUnfinished']>[0],
): Promise<FinishClaim | undefined> {
  const [row] = await database.run<ClaimRow>('claim a recording', CLAIM, [leaseMs, unclosedMs]);
  return row && { recording: toLeg(row), guid: row.guid, epoch: row.epoch, tries: row.tries };
}

const MINE = `tenant_id = $1 and session_id = $2 and finish_epoch = $3 and state = 'recording'`;

const READY = `update recordings set state = 'ready', finished_at = $4, claimed_until = clock_timestamp() + interval '1 minute', recorded_to_ms = $5,
  holes = $6::jsonb, object_key = $7, byte_count = $8, sha256 = $9 where ${MINE} returning 1`;

const FAILED = `update recordings set state = 'failed', finished_at = $4, claimed_until = null, problem = $5
where ${MINE} returning 1`;

const AGAIN = `update recordings set claimed_until = clock_timestamp() + $4 * interval '1 ms' where ${MINE} returning 1`;

export async function finishRecording(
  database: Database,
  { recording, epoch }: FinishClaim,
  result: FinishResult,
  atMs: number,
): Promise<boolean> {
  const key = [recording.tenantId, recording.sessionId, epoch];
  const [statement, values] = statementOf(result, atMs);
  return (await database.run('finish a recording', statement, [...key, ...values])).length > 0;
}

function statementOf(result: FinishResult, atMs: number): readonly [string, readonly unknown[]] {
  switch (result.type) {
    case 'ready': {
      const { file, durationMs, holes } = result;
      return [READY, [instant(atMs), durationMs, json(holes), file.objectKey, file.byteCount, file.sha256]];
    }
    case 'failed':
      return [FAILED, [instant(atMs), result.problem]];
    case 'again':
      return [AGAIN, [result.delayMs]];
  }
}

export async function extendFinishClaim(
  database: Database,
  { recording, epoch }: FinishClaim,
  leaseMs: number,
): Promise<boolean> {
  const values = [recording.tenantId, recording.sessionId, epoch, leaseMs];
  return (await database.run('extend the claim of a recording', AGAIN, values)).length > 0;
}
