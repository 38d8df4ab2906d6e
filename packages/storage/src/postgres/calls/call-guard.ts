import type { SessionState } from '../../stores/call-session.ts';
import { instant } from '../column-types.ts';
import type { Session } from '../database.ts';

/** A stop that nobody answered for this long counts as answered: the gateway that owed the answer is gone. */
const STOP_ANSWER_MS_MAX = 30_000;

/**
 * One start or stop of a guid at a time: `false` when another one is in progress. Held until the transaction ends.
 * Never waits, so that a request is answered 409 instead of keeping a connection.
 */
export async function tryCallLock(session: Session, tenantId: string, guid: string): Promise<boolean> {
  const [row] = await session.rows<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 0)) as locked`,
    [tenantId, guid],
  );
  return row?.locked === true;
}

/** The newest session of a conversation with the questions a start and a stop ask about it. */
export interface LatestSession {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly ordinal: number;
  readonly state: SessionState;
  readonly stopRequested: boolean;
  readonly stopAnswered: boolean;
  /** A stop was requested, is not answered, and may still be. */
  readonly stopPending: boolean;
}

/** `undefined` when the tenant has no such conversation. Call it under `tryCallLock`, in a statement of its own. */
export async function readLatestSession(
  session: Session,
  tenantId: string,
  guid: string,
  nowMs: number,
): Promise<LatestSession | undefined> {
  const [row] = await session.rows<LatestSession>(
    `select s.conversation_id as "conversationId", s.session_id as "sessionId", s.ordinal, s.state,
       s.stop_at is not null as "stopRequested",
       s.stop_answered_at is not null as "stopAnswered",
       (s.stop_at > $3 and s.stop_answered_at is null) is true as "stopPending"
     from conversations c join call_sessions s using (tenant_id, conversation_id)
     where c.tenant_id = $1 and c.external_id = $2 order by s.ordinal desc limit 1`,
    [tenantId, guid, instant(nowMs - STOP_ANSWER_MS_MAX)],
  );
  return row;
}
