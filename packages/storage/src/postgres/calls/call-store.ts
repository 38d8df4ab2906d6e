import type { CallStore, LaneKey } from '../../stores/calls.ts';
import { instant } from '../column-types.ts';
import { createUtteranceWriter } from './commit-utterance.ts';
import type { Database } from '../database.ts';
import { endSession } from './end-session.ts';
import { leaseSession, readControls, REDACTION_STATE_MS_MAX } from './lease-session.ts';
import { createProgressWriter } from './save-progress.ts';
import { readSession, readSessionsOf } from './session-rows.ts';
import { startSession } from './start-session.ts';
import { markAnswered, requestStop } from './stop-session.ts';
import { toStorageError } from '../storage-error.ts';

export function createCallStore(
  database: Database,
  wakeHeld: (lanes: readonly LaneKey[]) => void,
): CallStore {
  const progress = createProgressWriter(database);
  return {
    startSession: (input) => startSession(database, input),
    requestStop: (input) => requestStop(database, input),
    markStopAnswered: (input) =>
      database.transaction('mark a stop as answered', (session) => markAnswered(session, input)),
    getSession: (tenantId, sessionId) =>
      named('read a session', () => readSession(database, tenantId, sessionId)),
    getCall: (tenantId, guid) => named('read a call', () => readCall(database, tenantId, guid)),
    lease: (tenantId, sessionId) => leaseSession(database, tenantId, sessionId),
    readControls: (leases) => readControls(database, leases),
    commitUtterance: createUtteranceWriter(database, wakeHeld),
    saveProgress: progress.saveProgress,
    saveMediaReport: progress.saveMediaReport,
    endSession: (input) => endSession(database, input),
    listUnclaimed: ({ acceptedBeforeMs, limit }) =>
      database.run<{ tenantId: string; sessionId: string }>(
        'list sessions nobody works on',
        `select tenant_id as "tenantId", session_id as "sessionId" from call_sessions
         where state <> 'ended' and accepted_at < $1 and seen_at < $1 order by accepted_at limit $2`,
        [instant(acceptedBeforeMs), limit],
      ),
    dropStaleRedactionStates: async () => {
      const dropped = await database.run(
        'drop stale redaction states',
        `delete from redaction_states where spoken_at <= now() - $1 * interval '1 millisecond' returning 1`,
        [REDACTION_STATE_MS_MAX],
      );
      return dropped.length;
    },
  };
}

async function readCall(database: Database, tenantId: string, guid: string) {
  const [conversation] = await database.rows<{ conversationId: string }>(
    `select conversation_id as "conversationId" from conversations where tenant_id = $1 and external_id = $2`,
    [tenantId, guid],
  );
  if (conversation === undefined) return undefined;
  const { conversationId } = conversation;
  return { conversationId, sessions: await readSessionsOf(database, tenantId, conversationId) };
}

async function named<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStorageError(action, error);
  }
}
