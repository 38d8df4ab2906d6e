import type { CallStore, LeasedSession } from '../stores/calls.ts';
import type { Database } from './database.ts';
import { readSession } from './session-rows.ts';

/** Redaction state holds raw digits: it is worth nothing and must be nowhere once nobody has spoken for this long. */
export const REDACTION_STATE_MS_MAX = 60_000;

const TAKE = `update call_sessions set lease_epoch = lease_epoch + 1, seen_at = now(),
  state = case state when 'queued' then 'live' else state end
where tenant_id = $1 and session_id = $2 and state <> 'ended'
returning lease_epoch as "leaseEpoch", checkpoint, conversation_id as "conversationId"`;

interface TakenRow {
  leaseEpoch: number;
  checkpoint: unknown;
  conversationId: string;
}

const REDACTION_STATE = `select sealed from redaction_states
where tenant_id = $1 and conversation_id = $2 and spoken_at > now() - $3 * interval '1 millisecond'`;

/**
 * The streams are read after the epoch has been raised, in a statement of their own: a last commit under the old
 * epoch either came before and is seen, or comes after and is fenced.
 */
export async function leaseSession(
  database: Database,
  tenantId: string,
  sessionId: string,
): Promise<LeasedSession | undefined> {
  return database.transaction('lease a call session', async (transaction) => {
    const [taken] = await transaction.rows<TakenRow>(TAKE, [tenantId, sessionId]);
    if (taken === undefined) return undefined;
    const session = await readSession(transaction, tenantId, sessionId);
    if (session === undefined) return undefined;
    const [redaction] = await transaction.rows<{ sealed: Uint8Array }>(REDACTION_STATE, [
      tenantId,
      taken.conversationId,
      REDACTION_STATE_MS_MAX,
    ]);
    return {
      session,
      leaseEpoch: taken.leaseEpoch,
      checkpoint: taken.checkpoint ?? undefined,
      redactionState: redaction?.sealed,
    };
  });
}

const CONTROL = {
  name: 'read-control',
  text: `select stop_at as "stopAt" from call_sessions
    where tenant_id = $1 and session_id = $2 and lease_epoch = $3 and state <> 'ended'`,
};

export const readControl = async (
  database: Database,
  input: Parameters<CallStore['readControl']>[0],
): ReturnType<CallStore['readControl']> => {
  const [row] = await database.run<{ stopAt: number | null }>('read the control of a session', CONTROL, [
    input.tenantId,
    input.sessionId,
    input.leaseEpoch,
  ]);
  return row === undefined ? { type: 'fenced' } : { type: 'held', stopAtMs: row.stopAt ?? undefined };
};
