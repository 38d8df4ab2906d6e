import { isoInstant } from '@earshot/domain';

/** One row of the feed `utterances`. Instants are ms since the epoch. The text is the redacted form. */
export interface UtteranceRow {
  /** When the utterance was sent: wall-clock start of it by the producer's clock. */
  readonly createdAtMs: number;
  readonly conversationId: string;
  readonly externalConversationId: string;
  readonly utteranceId: string;
  /** Null for messages that were typed. */
  readonly streamId: string | null;
  readonly senderType: 'customer' | 'agent' | 'system';
  readonly senderId: string | null;
  readonly utterance: string;
  /** Offsets from the start of the session's audio; null for messages that were typed. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly language: string | null;
  readonly companyMarker: string;
}

export type ColumnType = 'string' | 'timestamp' | 'integer';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** A timestamp as ms since the epoch. */
  readonly read: (row: UtteranceRow) => string | number | null;
}

const HOUR_MS = 3_600_000;

function column(
  name: string,
  type: ColumnType,
  read: Column['read'],
  { isNullable = false }: { readonly isNullable?: boolean } = {},
): Column {
  return { name, type, isNullable, read };
}

/** In the order of the contract; typed messages have no times of speech. */
export const UTTERANCE_COLUMNS: readonly Column[] = [
  column('instance_ts', 'timestamp', (row) => Math.floor(row.createdAtMs / HOUR_MS) * HOUR_MS),
  column('created_ts', 'timestamp', (row) => row.createdAtMs),
  column('conversation_id', 'string', (row) => row.conversationId),
  column('external_conversation_id', 'string', (row) => row.externalConversationId),
  column('utterance_id', 'string', (row) => row.utteranceId),
  column('stream_id', 'string', (row) => row.streamId, { isNullable: true }),
  column('sender_type', 'string', (row) => row.senderType),
  column('sender_id', 'string', (row) => row.senderId, { isNullable: true }),
  column('utterance', 'string', (row) => row.utterance),
  column('utterance_start_ts', 'timestamp', spokenFrom, { isNullable: true }),
  column('utterance_end_ts', 'timestamp', spokenTo, { isNullable: true }),
  column('start_ms', 'integer', (row) => row.startMs, { isNullable: true }),
  column('end_ms', 'integer', (row) => row.endMs, { isNullable: true }),
  column('language', 'string', (row) => row.language, { isNullable: true }),
  column('company_marker', 'string', (row) => row.companyMarker),
  column('dt', 'string', (row) => hourText(row.createdAtMs).slice(0, 10)),
  column('hr', 'string', (row) => hourText(row.createdAtMs).slice(11)),
];

function spokenFrom(row: UtteranceRow): number | null {
  return row.startMs === null ? null : row.createdAtMs;
}

function spokenTo(row: UtteranceRow): number | null {
  return row.startMs === null || row.endMs === null ? null : row.createdAtMs + row.endMs - row.startMs;
}

/** ISO 8601 with microseconds and offset, as the feed of the documented product writes them. */
export function timestampText(atMs: number): string {
  return `${isoInstant(atMs).slice(0, -1)}000+00:00`;
}

/** `2026-11-22T13`. */
function hourText(atMs: number): string {
  return isoInstant(atMs).slice(0, -':00:00.000Z'.length);
}
