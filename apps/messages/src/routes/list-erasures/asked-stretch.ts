import type { ListErasuresQuery } from '@earshot/api';
import { DAY_MS, dayStartMs, NO_DAY } from '../../retention/calendar-day.ts';

/** From the first instant of `from` to the last of `to`, without an end where it has none. */
interface AskedStretch {
  readonly fromMs?: number;
  readonly beforeMs?: number;
}

/** The stretch of the days of a request, or what is wrong with them: pointer and what is accepted there. */
export function askedStretch({
  from,
  to,
}: Pick<ListErasuresQuery, 'from' | 'to'>):
  AskedStretch | { readonly pointer: string; readonly message: string } {
  const fromMs = from === undefined ? undefined : dayStartMs(from);
  if (from !== undefined && fromMs === undefined) return { pointer: '/from', message: NO_DAY };
  const lastMs = to === undefined ? undefined : dayStartMs(to);
  if (to !== undefined && lastMs === undefined) return { pointer: '/to', message: NO_DAY };
  if (fromMs !== undefined && lastMs !== undefined && fromMs > lastMs) {
    return { pointer: '/from', message: `must not be after ${to}` };
  }
  return {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(lastMs === undefined ? {} : { beforeMs: lastMs + DAY_MS }),
  };
}
