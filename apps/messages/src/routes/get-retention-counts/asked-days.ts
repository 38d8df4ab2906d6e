import type { GetRetentionCountsQuery } from '@earshot/api';
import { DAY_MS, dayOf, dayStartMs, NO_DAY } from '../../retention/calendar-day.ts';

const DEFAULT_DAYS = 30;
const DAYS_MAX = 366;

interface AskedDays {
  readonly from: string;
  readonly to: string;
}

/** The days of a request, the last thirty unless it named them, or what is wrong with it: pointer and what is accepted there. */
export function askedDays(
  query: GetRetentionCountsQuery,
  nowMs: number,
): AskedDays | { readonly pointer: string; readonly message: string } {
  const toMs = query.to === undefined ? startOfDay(nowMs) : dayStartMs(query.to);
  if (toMs === undefined) return { pointer: '/to', message: NO_DAY };
  const fromMs = query.from === undefined ? toMs - (DEFAULT_DAYS - 1) * DAY_MS : dayStartMs(query.from);
  if (fromMs === undefined) return { pointer: '/from', message: NO_DAY };
  const [from, to] = [dayOf(fromMs), dayOf(toMs)];
  if (fromMs > toMs) return { pointer: '/from', message: `must not be after ${to}` };
  if (toMs - fromMs >= DAYS_MAX * DAY_MS) {
    const earliest = dayOf(toMs - (DAYS_MAX - 1) * DAY_MS);
    return { pointer: '/from', message: `must be ${earliest} or later: ${DAYS_MAX} days are told at a time` };
  }
  return { from, to };
}

function startOfDay(atMs: number): number {
  return atMs - (atMs % DAY_MS);
}
