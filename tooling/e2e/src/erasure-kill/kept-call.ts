import type { DeliveryWriter } from '@earshot/delivery-load';
import { recordingFolder, type ObjectStore } from '@earshot/storage/objects';
import type pg from 'pg';

export interface KeptCallOptions {
  readonly appId: string;
  readonly customerExternalId: string;
  /** One to many letters that are in each of its words and in no other call's. */
  readonly mark: string;
  /** The messages' day. */
  readonly day: string;
  /** When the call began. Default: now. */
  readonly beganAtMs?: number;
}

/** A call that is over and of which there is one of everything. */
export interface KeptCall {
  readonly guid: string;
  readonly conversationId: string;
  /** What was said in it. */
  readonly spoken: readonly string[];
}

export interface KeptCallDeps {
  readonly writer: DeliveryWriter;
  readonly sql: pg.Client;
  readonly objects: ObjectStore;
}

export const MESSAGES = 2;
/** Files of its recording. */
export const PARTS = 2;

/** What an erasure of a kept call counts. */
export const COUNTS = {
  conversations: 1,
  sessions: 1,
  messages: MESSAGES,
  sealedTexts: 1,
  deliveries: MESSAGES,
  attempts: 1,
  redactionStates: 1,
  recordings: 1,
  exportDays: 1,
};

const FIND = `select conversation_id as "conversationId", session_id as "sessionId", lease_epoch as "leaseEpoch"
from conversations join call_sessions using (tenant_id, conversation_id)
where tenant_id = $1 and external_id = $2`;

const SPOKEN_AT = `$5::date + interval '13 hours' + start_ms * interval '1 ms'`;
const SPEAK = `update messages set text = case start_ms when 0 then $3 else $4 end,
  unredacted_sealed = case start_ms when 0 then convert_to($3, 'UTF8') end,
  client_timestamp = ${SPOKEN_AT}, created_at = ${SPOKEN_AT}
where tenant_id = $1 and conversation_id = $2`;

const DEAD = 4;
const SEND = `update deliveries set body = case sequence when 1 then $3 else $4 end,
  state = case sequence when 1 then ${DEAD} else state end
where tenant_id = $1 and conversation_id = $2`;
const ATTEMPT = `insert into attempts
  (tenant_id, delivery_id, attempt, attempted_at, duration_ms, status, error_code, response_preview)
select tenant_id, delivery_id, 1, now(), 5, 500, 'webhook.status', body from deliveries
where tenant_id = $1 and conversation_id = $2 and state = ${DEAD}`;

const REDACT = `insert into redaction_states values ($1, $2, convert_to($3, 'UTF8'), now())`;
const FINISH = `update recordings set state = 'ready', object_key = $3, byte_count = 1, sha256 = repeat('0', 64)
where tenant_id = $1 and session_id = $2`;
const NAME_IN_CONVERSATION =
  'update conversations set customer_external_id = $3 where tenant_id = $1 and conversation_id = $2';
const NAME_IN_STREAM = `update call_streams set external_id = $3
where tenant_id = $1 and session_id = $2 and role = 'customer'`;

/** Writes two messages with their deliveries, one of them dead after an attempt, and a recording. */
export async function keepCall(deps: KeptCallDeps, options: KeptCallOptions): Promise<KeptCall> {
  const { writer, sql } = deps;
  const { appId, customerExternalId, mark, day, beganAtMs = Date.now() } = options;
  const { tenantId, storage } = writer;
  const { guid, say } = await writer.startConversation(appId, beganAtMs);
  await say();
  await say();
  const [first, second] = [`${mark}harbour ${mark}lantern`, `${mark}umbrella ${mark}sparrow`];
  const caption = `${mark}audio ${mark}caption`;
  const { conversationId, sessionId, leaseEpoch } = await findSession(sql, tenantId, guid);
  await record(deps, { tenantId, conversationId, sessionId, leaseEpoch }, caption);
  const ended = { reason: 'stopped', trouble: undefined, endedAtMs: Date.now(), progress: [] } as const;
  await storage.calls.endSession({ tenantId, sessionId, leaseEpoch, ...ended, mediaReport: undefined });
  const ofCall = [tenantId, conversationId];
  await sql.query(SPEAK, [...ofCall, first, second, day]);
  await sql.query(SEND, [...ofCall, first, second]);
  await sql.query(ATTEMPT, ofCall);
  await sql.query(REDACT, [...ofCall, first]);
  await sql.query(NAME_IN_CONVERSATION, [...ofCall, customerExternalId]);
  await sql.query(NAME_IN_STREAM, [tenantId, sessionId, customerExternalId]);
  return { guid, conversationId, spoken: [first, second, caption, customerExternalId] };
}

interface FoundSession {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly leaseEpoch: number;
}

async function findSession(sql: pg.Client, tenantId: string, guid: string): Promise<FoundSession> {
  const { rows } = await sql.query<FoundSession>(FIND, [tenantId, guid]);
  const [found] = rows;
  if (found === undefined) throw new Error(`Cannot keep call ${guid}: it is not in the store`);
  return found;
}

async function record(
  { writer, objects, sql }: KeptCallDeps,
  session: FoundSession & { readonly tenantId: string },
  caption: string,
): Promise<void> {
  const { tenantId, sessionId } = session;
  const keyOf = (part: number): string => `${recordingFolder(session)}/parts/${part}`;
  for (let part = 0; part < PARTS; part += 1) {
    const objectKey = keyOf(part);
    await objects.put(objectKey, oneChunk(caption));
    const stretch = { fromMs: part * 1000, toMs: (part + 1) * 1000, byteCount: caption.length };
    await writer.storage.recordings.addPart(session, { ...stretch, objectKey, holes: [] }, Date.now());
  }
  await sql.query(FINISH, [tenantId, sessionId, keyOf(0)]);
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
