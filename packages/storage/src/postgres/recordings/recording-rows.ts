import type { Recording, RecordingHole, RecordingLeg, RecordingState } from '../../stores/recordings.ts';

export interface RecordingRow {
  tenantId: string;
  sessionId: string;
  conversationId: string;
  state: RecordingState;
  startedAt: number;
  createdAt: number;
  finishedAt: number | null;
  recordedToMs: number;
  holes: RecordingHole[];
  objectKey: string | null;
  byteCount: number | null;
  sha256: string | null;
  problem: string | null;
}

export interface RecordingLegRow extends RecordingRow {
  leg: number;
  language: string;
}

/** Of `recordings r left join call_sessions s`. */
export const RECORDING_COLUMNS = `r.tenant_id as "tenantId", r.session_id as "sessionId",
  r.conversation_id as "conversationId",
  case when r.state = 'recording' and (r.closed_at is not null or s.state is null or s.state = 'ended')
    then 'finishing' else r.state end as state,
  r.started_at as "startedAt", r.created_at as "createdAt", r.finished_at as "finishedAt",
  r.recorded_to_ms as "recordedToMs", r.holes, r.object_key as "objectKey", r.byte_count as "byteCount", r.sha256,
  r.problem`;

export const LEG_COLUMNS = `${RECORDING_COLUMNS}, s.ordinal as leg, s.settings ->> 'language' as language`;

export function toRecording(row: RecordingRow): Recording {
  const { objectKey, byteCount, sha256 } = row;
  const isThere = row.state === 'ready' && objectKey !== null && byteCount !== null && sha256 !== null;
  return {
    tenantId: row.tenantId,
    sessionId: row.sessionId,
    conversationId: row.conversationId,
    state: row.state,
    startedAtMs: row.startedAt,
    createdAtMs: row.createdAt,
    finishedAtMs: row.finishedAt ?? undefined,
    durationMs: row.recordedToMs,
    holes: row.holes,
    file: isThere ? { objectKey, byteCount, sha256 } : undefined,
    problem: row.problem ?? undefined,
  };
}

export function toLeg(row: RecordingLegRow): RecordingLeg {
  return { ...toRecording(row), leg: row.leg, language: row.language };
}
