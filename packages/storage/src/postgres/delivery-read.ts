import type { DeliveryAttempt, DeliveryWithAttempts } from '../stores/delivery-replays.ts';
import type { Database } from './database.ts';
import { stateName } from './delivery-states.ts';

const ATTEMPT_COUNT_MAX = 100;

const DELIVERY = `select d.delivery_id::text as "deliveryId", d.endpoint_id as "endpointId", c.external_id as guid,
  d.sequence, d.message_id as "messageId", d.state, d.attempts, d.last_status as "lastStatus",
  d.last_error as "lastError", d.created_at as "createdAt", d.delivered_at as "deliveredAt",
  d.next_attempt_at as "nextAttemptAt", d.replayed_at as "replayedAt"
from deliveries d join conversations c using (tenant_id, conversation_id)
where d.tenant_id = $1 and d.delivery_id = $2`;

const ATTEMPTS = `select * from attempts where tenant_id = $1 and delivery_id = $2 order by attempt desc limit $3`;

interface DeliveryRow {
  deliveryId: string;
  endpointId: string;
  guid: string;
  sequence: number;
  messageId: string;
  state: number;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: number;
  deliveredAt: number | null;
  nextAttemptAt: number | null;
  replayedAt: number | null;
}

interface AttemptRow {
  attempt: number;
  attempted_at: number;
  duration_ms: number;
  status: number | null;
  error_code: string | null;
  detail: string | null;
  response_preview?: string | null;
}

export async function readDelivery(
  database: Database,
  tenantId: string,
  deliveryId: string,
): Promise<DeliveryWithAttempts | undefined> {
  const [row] = await database.run<DeliveryRow>('read a delivery', DELIVERY, [tenantId, deliveryId]);
  if (row === undefined) return undefined;
  const attempts = await database.run<AttemptRow>('read the attempts of a delivery', ATTEMPTS, [
    tenantId,
    deliveryId,
    ATTEMPT_COUNT_MAX,
  ]);
  const { state, lastStatus, lastError, createdAt, deliveredAt, nextAttemptAt, replayedAt, ...rest } = row;
  return {
    ...rest,
    state: stateName(state),
    lastStatus: lastStatus ?? undefined,
    lastError: lastError ?? undefined,
    createdAtMs: createdAt,
    deliveredAtMs: deliveredAt ?? undefined,
    nextAttemptAtMs: nextAttemptAt ?? undefined,
    replayedAtMs: replayedAt ?? undefined,
    attemptList: attempts.reverse().map(toAttempt),
  };
}

function toAttempt(row: AttemptRow): DeliveryAttempt {
  return {
    attempt: row.attempt,
    attemptedAtMs: row.attempted_at,
    durationMs: row.duration_ms,
    status: row.status ?? undefined,
    errorCode: row.error_code ?? undefined,
    detail: row.detail ?? undefined,
    responsePreview: row.response_preview ?? undefined,
  };
}
