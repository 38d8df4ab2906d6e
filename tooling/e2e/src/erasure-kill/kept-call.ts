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

/** Writes two messages with their deliveries, one of them dead after an attempt, and a recording. */
export async function keepCall(
  { writer, sql, objects }: KeptCallDeps,
  { appId, customerExternalId, mark, day }: KeptCallOptions,
): Promise<KeptCall> {
  const { tenantId, storage } = writer;
  const { guid, say } = await writer.startConversation(appId);
  await say();
  await say();
  const spoken = ['harbour lantern', 'umbrella sparrow'].map((text) =>
    text.replaceAll(/\w+/g, (word) => `${mark}${word}`),
  );
  const [first, second] = spoken;
  const { rows } = await sql.query<{ conversationId: string; sessionId: string; leaseEpoch: number }>(
    `select conversation_id as "conversationId", session_id as "sessionId", lease_epoch as "leaseEpoch"
     from conversations join call_sessions using (tenant_id, conversation_id)
     where tenant_id = $1 and external_id = $2`,
    [tenantId, guid],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`Cannot keep call ${guid}: it is not in the store`);
  const { conversationId, sessionId, leaseEpoch } = found;
  const lease = { tenantId, sessionId, leaseEpoch };
  for (let part = 0; part < PARTS; part += 1) {
    const objectKey = `${recordingFolder({ tenantId, conversationId, sessionId })}/parts/${part}`;
    const text = `${mark}audio ${mark}caption`;
    await objects.put(objectKey, oneChunk(text));
    const stretch = { fromMs: part * 1000, toMs: (part + 1) * 1000, byteCount: text.length };
    await storage.recordings.addPart(lease, { ...stretch, objectKey, holes: [] }, Date.now());
  }
  const ended = { reason: 'stopped', trouble: undefined, endedAtMs: Date.now(), progress: [] } as const;
  await storage.calls.endSession({ ...lease, ...ended, mediaReport: undefined });
  const ofCall = [tenantId, conversationId];
  await sql.query(
    `update messages set text = case start_ms when 0 then $3 else $4 end,
       unredacted_sealed = case start_ms when 0 then convert_to($3, 'UTF8') end,
       client_timestamp = $5::date + interval '13 hours' + start_ms * interval '1 ms',
       created_at = $5::date + interval '13 hours' + start_ms * interval '1 ms'
     where tenant_id = $1 and conversation_id = $2`,
    [...ofCall, first, second, day],
  );
  await sql.query(
    `update deliveries set body = case sequence when 1 then $3 else $4 end, state = case sequence when 1 then 4 else 0 end
     where tenant_id = $1 and conversation_id = $2`,
    [...ofCall, first, second],
  );
  await sql.query(
    `insert into attempts (tenant_id, delivery_id, attempt, attempted_at, duration_ms, status, error_code, response_preview)
     select tenant_id, delivery_id, 1, now(), 5, 500, 'webhook.status', body from deliveries
     where tenant_id = $1 and conversation_id = $2 and state = 4`,
    ofCall,
  );
  await sql.query(`insert into redaction_states values ($1, $2, convert_to($3, 'UTF8'), now())`, [
    ...ofCall,
    first,
  ]);
  await sql.query(
    `update conversations set customer_external_id = $3 where tenant_id = $1 and conversation_id = $2`,
    [...ofCall, customerExternalId],
  );
  await sql.query(
    `update call_streams set external_id = $3 where tenant_id = $1 and session_id = $2 and role = 'customer'`,
    [tenantId, sessionId, customerExternalId],
  );
  return { guid, conversationId, spoken: [...spoken, customerExternalId, `${mark}audio ${mark}caption`] };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
