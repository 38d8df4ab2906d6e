import type { CallSession, CallStream, SessionState, SessionTrouble } from '../../stores/call-session.ts';
import type { Session } from '../database.ts';

interface SessionRow {
  tenant_id: string;
  session_id: string;
  conversation_id: string;
  guid: string;
  app_id: string;
  ordinal: number;
  state: SessionState;
  accepted_at: number;
  stop_at: number | null;
  ended_at: number | null;
  ended_reason: CallSession['endedReason'] | null;
  trouble: SessionTrouble | null;
  contact_id: string | null;
  media_report: CallSession['mediaReport'] | null;
  settings: CallSession['settings'];
  media: CallSession['media'];
  customer: StreamJson;
  agent: StreamJson;
}

/** Row of `call_streams` as `to_json` writes it: its counts come as JSON numbers. */
interface StreamJson {
  stream_id: string;
  role: CallStream['role'];
  external_id: string;
  committed_through_sample: number;
  audio_bytes: number;
  transcripts: number;
}

const SELECT = `select s.tenant_id, s.session_id, s.conversation_id, c.external_id as guid, s.app_id, s.ordinal,
  s.state, s.accepted_at, s.stop_at, s.ended_at, s.ended_reason, s.trouble, s.contact_id, s.media_report,
  s.settings, s.media,
  to_json(customer) as customer, to_json(agent) as agent
from call_sessions s
join conversations c using (tenant_id, conversation_id)
join call_streams customer on customer.tenant_id = s.tenant_id and customer.session_id = s.session_id
  and customer.role = 'customer'
join call_streams agent on agent.tenant_id = s.tenant_id and agent.session_id = s.session_id and agent.role = 'agent'`;

const BY_ID = { name: 'session-by-id', text: `${SELECT} where s.tenant_id = $1 and s.session_id = $2` };
const BY_CONVERSATION = `${SELECT} where s.tenant_id = $1 and s.conversation_id = $2 order by s.ordinal`;

export async function readSession(
  session: Session,
  tenantId: string,
  sessionId: string,
): Promise<CallSession | undefined> {
  const [row] = await session.rows<SessionRow>(BY_ID, [tenantId, sessionId]);
  return row && toSession(row);
}

export async function readSessionsOf(
  session: Session,
  tenantId: string,
  conversationId: string,
): Promise<CallSession[]> {
  const rows = await session.rows<SessionRow>(BY_CONVERSATION, [tenantId, conversationId]);
  return rows.map(toSession);
}

function toSession(row: SessionRow): CallSession {
  return {
    tenantId: row.tenant_id,
    sessionId: row.session_id,
    conversationId: row.conversation_id,
    guid: row.guid,
    appId: row.app_id,
    ordinal: row.ordinal,
    state: row.state,
    acceptedAtMs: row.accepted_at,
    stopAtMs: row.stop_at ?? undefined,
    endedAtMs: row.ended_at ?? undefined,
    endedReason: row.ended_reason ?? undefined,
    trouble: row.trouble ?? undefined,
    contactId: row.contact_id ?? undefined,
    mediaReport: row.media_report ?? undefined,
    settings: row.settings,
    media: row.media,
    streams: [toStream(row.customer), toStream(row.agent)],
  };
}

function toStream(stream: StreamJson): CallStream {
  return {
    streamId: stream.stream_id,
    role: stream.role,
    externalId: stream.external_id,
    committedThroughSample: stream.committed_through_sample,
    audioBytes: stream.audio_bytes,
    transcripts: stream.transcripts,
  };
}
