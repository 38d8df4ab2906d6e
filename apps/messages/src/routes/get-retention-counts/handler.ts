import {
  ERROR_CODES,
  type ErasedRows,
  type GetRetentionCountsQuery,
  type RetentionCounts,
} from '@earshot/api';
import type { Clock } from '@earshot/domain';
import { refuse, type AppEnv, type QueryParams } from '@earshot/http';
import type { ErasedDay, KeptRows, RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { askedDays } from './asked-days.ts';

export interface RetentionCountsDeps {
  readonly retention: Pick<RetentionStore, 'listErased' | 'readKept'>;
  readonly clock: Clock;
}

/** GET /earshot/v1/retention/counts */
export function getRetentionCounts({ retention, clock }: RetentionCountsDeps) {
  return async (c: Context<AppEnv, string, QueryParams<GetRetentionCountsQuery>>) => {
    const asked = askedDays(c.req.valid('query'), clock.now());
    if ('pointer' in asked) {
      const message = `${asked.pointer} ${asked.message}`;
      return refuse(c, { code: ERROR_CODES.invalidField, message, problems: [asked] });
    }
    const { tenantId } = c.get('key');
    const { from, to } = asked;
    const days = await retention.listErased({ tenantId, fromDay: from, toDay: to });
    const answer: RetentionCounts = {
      from,
      to,
      byAge: sumOf(days.map(({ byAge }) => byAge)),
      onRequest: sumOf(days.map(({ onRequest }) => onRequest)),
      days: days.map(presentDay),
      kept: presentKept(await retention.readKept(tenantId)),
    };
    return c.json(answer);
  };
}

function sumOf(all: readonly ErasedDay['byAge'][]): ErasedRows {
  const sum = { conversations: 0, messages: 0, recordings: 0, deliveries: 0, exportDays: 0, receipts: 0 };
  for (const rows of all) {
    sum.conversations += rows.conversations;
    sum.messages += rows.messages;
    sum.recordings += rows.recordings;
    sum.deliveries += rows.deliveries;
    sum.exportDays += rows.exportDays;
    sum.receipts += rows.receipts;
  }
  return sum;
}

function presentDay({ day, byAge, onRequest }: ErasedDay): RetentionCounts['days'][number] {
  return { date: day, byAge: { ...byAge }, onRequest: { ...onRequest } };
}

function presentKept(kept: KeptRows): RetentionCounts['kept'] {
  const { conversationsSinceMs, recordingsSinceMs, deliveriesSinceMs, receiptsSinceMs, exportsSinceDay } =
    kept;
  return {
    ...(conversationsSinceMs === undefined ? {} : { conversationsSince: toIso(conversationsSinceMs) }),
    ...(recordingsSinceMs === undefined ? {} : { recordingsSince: toIso(recordingsSinceMs) }),
    ...(deliveriesSinceMs === undefined ? {} : { deliveriesSince: toIso(deliveriesSinceMs) }),
    ...(receiptsSinceMs === undefined ? {} : { receiptsSince: toIso(receiptsSinceMs) }),
    ...(exportsSinceDay === undefined ? {} : { exportsSince: exportsSinceDay }),
    exportDays: kept.exportDayCount,
    holds: kept.holdCount,
  };
}

function toIso(atMs: number): string {
  return new Date(atMs).toISOString();
}
