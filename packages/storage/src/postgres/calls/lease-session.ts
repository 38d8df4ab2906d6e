import type { LeaseControl, LeasedSession, LeaseKey } from '../../stores/calls.ts';
import type { Database } from '../database.ts';
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

const CONTROLS = {
  name: 'read-controls',
  text: `select position::integer, s.stop_at as "stopAt"
    from unnest($1::text[], $2::uuid[], $3::integer[]) with ordinality
      as given (tenant_id, session_id, lease_epoch, position)
    join call_sessions s using (tenant_id, session_id, lease_epoch) where s.state <> 'ended'`,
};

export async function readControls(
  database: Database,
  leases: readonly LeaseKey[],
): Promise<readonly LeaseControl[]> {
  if (leases.length === 0) return [];
  const rows = await database.run<{ position: number; stopAt: number | null }>(
    'read the control of sessions',
    CONTROLS,
    [
      leases.map((lease) => lease.tenantId),
      leases.map((lease) => lease.sessionId),
      leases.map((lease) => lease.leaseEpoch),
    ],
  );
  const held = new Map(rows.map(({ position, stopAt }) => [position, stopAt ?? undefined]));
  return leases.map((_, index) =>
    held.has(index + 1) ? { type: 'held', stopAtMs: held.get(index + 1) } : { type: 'fenced' },
  );
}
