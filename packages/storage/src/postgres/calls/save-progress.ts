import { PARTICIPANT_ROLES } from '@earshot/domain';
import type { SaveMediaReportInput, SaveProgressInput } from '../../stores/calls.ts';
import { json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { shareStatements } from '../share-statements.ts';
import { REDACTION_STATE_MS_MAX } from './lease-session.ts';

/** How long the first session of a group waits for others, and how many may be in one. */
const GROUP_WAIT_MS = 50;
const GROUP_COUNT_MAX = 128;

/**
 * Many sessions at once, each under its own lease. Sessions are locked in the order of their ids: groups of two
 * processes that share a session during a take-over wait for each other instead of deadlocking.
 */
const SAVE = {
  name: 'save-progress',
  text: `with given as materialized (
  select * from json_to_recordset($1) as given (tenant_id text, session_id uuid, lease_epoch integer,
    new_checkpoint json, new_contact_id text, new_media_report jsonb, changes json)
), lease as materialized (
  select s.tenant_id, s.session_id, s.conversation_id, new_checkpoint, new_contact_id, new_media_report, changes
  from given join call_sessions s using (tenant_id, session_id, lease_epoch)
  where s.state <> 'ended'
  order by s.session_id for no key update of s
), saved as (
  update call_sessions s set checkpoint = coalesce(new_checkpoint, s.checkpoint),
    contact_id = coalesce(new_contact_id, s.contact_id),
    media_report = coalesce(new_media_report, s.media_report), seen_at = now()
  from lease where s.tenant_id = lease.tenant_id and s.session_id = lease.session_id
), streams as (
  update call_streams s set
    committed_through_sample = case when s.committed_through_sample = change.from_sample
      then greatest(s.committed_through_sample, change.through_sample) else s.committed_through_sample end,
    audio_bytes = greatest(s.audio_bytes, change.bytes)
  from lease, json_to_recordset(lease.changes)
    as change (role text, from_sample bigint, through_sample bigint, bytes bigint)
  where s.tenant_id = lease.tenant_id and s.session_id = lease.session_id and s.role = change.role
), redaction_over as (
  delete from redaction_states r using lease
  where r.tenant_id = lease.tenant_id and r.conversation_id = lease.conversation_id
    and r.spoken_at <= now() - $2 * interval '1 millisecond'
)
select tenant_id as "tenantId", session_id as "sessionId" from lease`,
};

/** One session's part of the statement; without a checkpoint the one that is stored stays. */
type SaveInput = Omit<SaveProgressInput, 'checkpoint'> & { readonly checkpoint?: unknown };

export interface ProgressWriter {
  saveProgress(input: SaveProgressInput): Promise<'saved' | 'fenced'>;
  saveMediaReport(input: SaveMediaReportInput): Promise<'saved' | 'fenced'>;
}

export function createProgressWriter(database: Database): ProgressWriter {
  const save = shareStatements<SaveInput, 'saved' | 'fenced'>({
    waitMs: GROUP_WAIT_MS,
    countMax: GROUP_COUNT_MAX,
    keyOf,
    run: (inputs) => saveAll(database, inputs),
  });
  return {
    saveProgress: save,
    saveMediaReport: (input) => save({ ...input, advance: [], progress: [], contactId: undefined }),
  };
}

async function saveAll(database: Database, inputs: readonly SaveInput[]): Promise<('saved' | 'fenced')[]> {
  const leased = await database.run<{ tenantId: string; sessionId: string }>(
    'save the progress of sessions',
    SAVE,
    [json(inputs.map(toRecord)), REDACTION_STATE_MS_MAX],
  );
  const saved = new Set(leased.map(keyOf));
  return inputs.map((input) => (saved.has(keyOf(input)) ? 'saved' : 'fenced'));
}

/** One JSON parameter for all: escaping each checkpoint into an array of texts would cost more than the rest. */
function toRecord(input: SaveInput) {
  return {
    tenant_id: input.tenantId,
    session_id: input.sessionId,
    lease_epoch: input.leaseEpoch,
    new_checkpoint: input.checkpoint,
    new_contact_id: input.contactId,
    new_media_report: input.mediaReport,
    changes: streamChanges(input),
  };
}

/** A role may come with samples, with bytes or with both: each stream is updated once. */
function streamChanges({ advance, progress }: SaveInput) {
  return PARTICIPANT_ROLES.flatMap((role) => {
    const samples = advance.find((given) => given.role === role);
    const bytes = progress.find((given) => given.role === role)?.audioBytes;
    if (samples === undefined && bytes === undefined) return [];
    return [{ role, from_sample: samples?.fromSample, through_sample: samples?.throughSample, bytes }];
  });
}

function keyOf({ tenantId, sessionId }: { tenantId: string; sessionId: string }): string {
  return `${sessionId} ${tenantId}`;
}
