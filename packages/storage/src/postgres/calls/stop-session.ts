import type { CallStore, RequestStopOutcome } from '../../stores/calls.ts';
import { type LatestSession, readLatestSession, tryCallLock } from './call-guard.ts';
import { instant } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { readSession } from './session-rows.ts';

type RequestStopInput = Parameters<CallStore['requestStop']>[0];

export function requestStop(database: Database, input: RequestStopInput): Promise<RequestStopOutcome> {
  return database.transaction('request a stop', async (session): Promise<RequestStopOutcome> => {
    const { tenantId, guid, stopAtMs } = input;
    if (!(await tryCallLock(session, tenantId, guid))) return { type: 'pending' };
    const latest = await readLatestSession(session, tenantId, guid, stopAtMs);
    if (latest === undefined) return { type: 'unknown' };
    if (latest.stopPending) return { type: 'pending' };
    switch (latest.state) {
      case 'queued':
      case 'live':
        return stopRunning(session, input, latest);
      case 'stopping':
        return { type: 'stopped' };
      case 'ended':
        return latest.stopRequested || latest.stopAnswered
          ? { type: 'stopped' }
          : answerEnded(session, input, latest);
    }
  });
}

async function stopRunning(
  session: Session,
  { tenantId, stopAtMs }: RequestStopInput,
  { sessionId }: LatestSession,
): Promise<RequestStopOutcome> {
  // The worker may end the session between our look and this statement: then there is nothing left to stop.
  const stopping = await session.rows(
    `update call_sessions set state = 'stopping', stop_at = $3
     where tenant_id = $1 and session_id = $2 and state in ('queued', 'live')
     returning pg_notify('session_stop', session_id::text)`,
    [tenantId, sessionId, instant(stopAtMs)],
  );
  if (stopping.length === 0) return answerEnded(session, { tenantId, stopAtMs }, { sessionId });
  return { type: 'stopping', session: await theSession(session, tenantId, sessionId) };
}

/** The first stop of a session that ended by itself is answered here and now, so the next one is too late. */
async function answerEnded(
  session: Session,
  { tenantId, stopAtMs }: Pick<RequestStopInput, 'tenantId' | 'stopAtMs'>,
  { sessionId }: Pick<LatestSession, 'sessionId'>,
): Promise<RequestStopOutcome> {
  await markAnswered(session, { tenantId, sessionId, answeredAtMs: stopAtMs });
  return { type: 'ended', session: await theSession(session, tenantId, sessionId) };
}

export async function markAnswered(
  session: Session,
  input: { tenantId: string; sessionId: string; answeredAtMs: number },
): Promise<void> {
  await session.rows(
    `update call_sessions set stop_answered_at = $3
     where tenant_id = $1 and session_id = $2 and stop_answered_at is null`,
    [input.tenantId, input.sessionId, instant(input.answeredAtMs)],
  );
}

async function theSession(session: Session, tenantId: string, sessionId: string) {
  const found = await readSession(session, tenantId, sessionId);
  if (found === undefined)
    throw new Error(`Cannot read session ${sessionId} being stopped: no row came back`);
  return found;
}
