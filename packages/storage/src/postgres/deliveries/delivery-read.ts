import type { DeliveryAttempt, DeliveryWithAttempts } from '../../stores/delivery-replays.ts';
import type { Database } from '../database.ts';
import { DELIVERY_COLUMNS, toRecord, type DeliveryRow } from './delivery-record.ts';

const ATTEMPT_COUNT_MAX = 100;

const DELIVERY = `select ${DELIVERY_COLUMNS},
  d.next_attempt_at as "nextAttemptAt", d.replayed_at as "replayedAt"
from deliveries d join conversations c using (tenant_id, conversation_id)
where d.tenant_id = $1 and d.delivery_id = $2`;

const ATTEMPTS = `select attempt, attempted_at, duration_ms, status, error_code, detail, response_preview
from attempts where tenant_id = $1 and delivery_id = $2 order by attempt desc limit $3`;

interface TimedDeliveryRow extends DeliveryRow {
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
  response_preview: string | null;
}

export async function readDelivery(
  database: Database,
  tenantId: string,
  deliveryId: string,
): Promise<DeliveryWithAttempts | undefined> {
  const [row] = await database.run<TimedDeliveryRow>('read a delivery', DELIVERY, [tenantId, deliveryId]);
  if (row === undefined) return undefined;
  const attempts = await database.run<AttemptRow>('read the attempts of a delivery', ATTEMPTS, [
    tenantId,
    deliveryId,
    ATTEMPT_COUNT_MAX,
  ]);
  const { nextAttemptAt, replayedAt, ...record } = row;
  return {
    ...toRecord(record),
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
