import { randomUUID } from 'node:crypto';
import { newUlid } from '@earshot/domain';
import type { StartSessionInput, StartSessionOutcome } from '../../stores/calls.ts';
import { readLatestSession, tryCallLock } from './call-guard.ts';
import { instant, json } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { readSession } from './session-rows.ts';

const UPSERT_CONVERSATION = `insert into conversations
  (tenant_id, conversation_id, external_id, customer_external_id, agent_external_id, created_at, last_activity_at)
values ($1, $2, $3, $4, $5, $6, $6)
on conflict (tenant_id, external_id) do update set customer_external_id = excluded.customer_external_id,
  agent_external_id = excluded.agent_external_id,
  last_activity_at = greatest(conversations.last_activity_at, excluded.last_activity_at)
returning conversation_id as "conversationId"`;

const INSERT_SESSION = `with session as (
  insert into call_sessions
    (tenant_id, session_id, conversation_id, app_id, ordinal, state, accepted_at, seen_at, settings, media)
  values ($1, $2, $3, $4, $5, 'queued', $6, $6, $7, $8)
)
insert into call_streams (tenant_id, session_id, role, stream_id, external_id)
values ($1, $2, 'customer', $9, $10), ($1, $2, 'agent', $11, $12)`;

export function startSession(database: Database, input: StartSessionInput): Promise<StartSessionOutcome> {
  return database.transaction('start a call session', async (session): Promise<StartSessionOutcome> => {
    const { tenantId, guid } = input;
    if (!(await tryCallLock(session, tenantId, guid))) return { type: 'pending' };
    const latest = await readLatestSession(session, tenantId, guid, input.acceptedAtMs);
    if (latest?.stopPending === true) return { type: 'pending' };
    if (latest?.state === 'queued' || latest?.state === 'live') return { type: 'running' };
    return { type: 'started', session: await insertSession(session, input, (latest?.ordinal ?? 0) + 1) };
  });
}

async function insertSession(session: Session, input: StartSessionInput, ordinal: number) {
  const { tenantId, acceptedAtMs } = input;
  const [conversation] = await session.rows<{ conversationId: string }>(UPSERT_CONVERSATION, [
    tenantId,
    newUlid(acceptedAtMs),
    input.guid,
    input.customerExternalId,
    input.agentExternalId,
    instant(acceptedAtMs),
  ]);
  const sessionId = randomUUID();
  await session.rows(INSERT_SESSION, [
    tenantId,
    sessionId,
    conversation?.conversationId,
    input.appId,
    ordinal,
    instant(acceptedAtMs),
    json(input.settings),
    json(input.media),
    randomUUID(),
    input.customerExternalId,
    randomUUID(),
    input.agentExternalId,
  ]);
  const inserted = await readSession(session, tenantId, sessionId);
  if (inserted === undefined)
    throw new Error(`Cannot read session ${sessionId} just inserted: no row came back`);
  return inserted;
}
