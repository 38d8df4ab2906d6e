import type { RecordingStore } from '../../stores/recordings.ts';
import { json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { claimUnfinishedRecording, extendFinishClaim, finishRecording } from './recording-finish.ts';
import { addRecordingPart, listRecordedMessages, listRecordingParts } from './recording-parts.ts';
import {
  LEG_COLUMNS,
  RECORDING_COLUMNS,
  toLeg,
  toRecording,
  type RecordingLegRow,
  type RecordingRow,
} from './recording-rows.ts';

const CLOSE = `update recordings r set closed_at = now(),
  recorded_to_ms = greatest(r.recorded_to_ms, $4), holes = r.holes || $5::jsonb
from call_sessions s
where r.tenant_id = $1 and r.session_id = $2 and r.closed_at is null
  and s.tenant_id = $1 and s.session_id = $2 and s.lease_epoch = $3`;

const FIND = `select ${RECORDING_COLUMNS} from recordings r left join call_sessions s using (tenant_id, session_id)
where r.tenant_id = $1 and r.session_id = $2`;

const LEFT_OVER = `select ${RECORDING_COLUMNS} from recordings r left join call_sessions s using (tenant_id, session_id)
where r.state = 'ready' and r.claimed_until <= clock_timestamp() order by r.claimed_until limit $1`;

const FORGET_PARTS = `with gone as (
  delete from recording_parts where tenant_id = $1 and session_id = $2
)
update recordings set claimed_until = null where tenant_id = $1 and session_id = $2 and state = 'ready'`;

const BY_CONVERSATION = `select ${LEG_COLUMNS} from recordings r join call_sessions s using (tenant_id, session_id)
where r.tenant_id = $1 and r.conversation_id = $2 and r.state <> 'erasing' order by s.ordinal`;

export function createRecordingStore(database: Database): RecordingStore {
  return {
    addPart: (lease, part, startedAtMs) => addRecordingPart(database, lease, part, startedAtMs),
    async close({ tenantId, sessionId, leaseEpoch }, lost) {
      const values = [
        tenantId,
        sessionId,
        leaseEpoch,
        lost?.toMs ?? 0,
        json(lost === undefined ? [] : [lost]),
      ];
      await database.run('close a recording', CLOSE, values);
    },
    async find({ tenantId, sessionId }) {
      const [row] = await database.run<RecordingRow>('find a recording', FIND, [tenantId, sessionId]);
      return row && toRecording(row);
    },
    listParts: (key) => listRecordingParts(database, key),
    listMessages: (query) => listRecordedMessages(database, query),
    claimUnfinished: (limits) => claimUnfinishedRecording(database, limits),
    finish: (claim, result, atMs) => finishRecording(database, claim, result, atMs),
    extend: (claim, leaseMs) => extendFinishClaim(database, claim, leaseMs),
    async listLeftOver(limit) {
      const rows = await database.run<RecordingRow>('list parts left over', LEFT_OVER, [limit]);
      return rows.map(toRecording);
    },
    async forgetParts({ tenantId, sessionId }) {
      await database.run('forget parts of a recording', FORGET_PARTS, [tenantId, sessionId]);
    },
    async listByConversation(tenantId, conversationId) {
      const values = [tenantId, conversationId];
      return (await database.run<RecordingLegRow>('list recordings', BY_CONVERSATION, values)).map(toLeg);
    },
  };
}
