import type { ParticipantRole } from '@earshot/domain';
import pg from 'pg';
import type { ExpectedMessage } from './expected-messages.ts';

/** What the store holds of one session, read past the store's own code. */
export interface StoredCall {
  readonly state: string;
  readonly endedReason: string | null;
  readonly leases: number;
  readonly audioBytes: Readonly<Partial<Record<ParticipantRole, number>>>;
  /** In the order of their commits. */
  readonly messages: readonly ExpectedMessage[];
  /** Rows of messages; more than `messages` when one has no delivery. */
  readonly messageCount: number;
  /** Sequence numbers of the deliveries. */
  readonly sequences: readonly number[];
}

const SESSION = 'select state, ended_reason, lease_epoch from call_sessions where session_id = $1';
const STREAMS = 'select role, audio_bytes::int as bytes from call_streams where session_id = $1';
const MESSAGES = `select d.sequence, s.role, m.start_ms::int as "startMs", m.end_ms::int as "endMs", m.text
  from deliveries d join messages m using (tenant_id, conversation_id, message_id)
  join call_streams s on s.stream_id = m.stream_id
  where m.session_id = $1 order by d.sequence`;
const COUNT = 'select count(*)::int as count from messages where session_id = $1';

export async function readStoredCall(pool: pg.Pool, sessionId: string): Promise<StoredCall> {
  const rows = async <Row extends object>(text: string): Promise<Row[]> =>
    (await pool.query<Row>(text, [sessionId])).rows;
  const [session] = await rows<{ state: string; ended_reason: string | null; lease_epoch: number }>(SESSION);
  const [count] = await rows<{ count: number }>(COUNT);
  if (session === undefined || count === undefined) throw new Error(`Cannot find session ${sessionId}`);
  const streams = await rows<{ role: ParticipantRole; bytes: number }>(STREAMS);
  const messages = await rows<ExpectedMessage & { sequence: number }>(MESSAGES);
  return {
    state: session.state,
    endedReason: session.ended_reason,
    leases: session.lease_epoch,
    audioBytes: Object.fromEntries(streams.map(({ role, bytes }) => [role, bytes])),
    messages: messages.map(({ role, startMs, endMs, text }) => ({ role, startMs, endMs, text })),
    messageCount: count.count,
    sequences: messages.map(({ sequence }) => sequence),
  };
}
