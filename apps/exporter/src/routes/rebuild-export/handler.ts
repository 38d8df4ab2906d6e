import { ERROR_CODES, type ExportRebuild } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import { refuse, type AppEnv } from '@earshot/http';
import type { ExportStore } from '@earshot/storage';
import type { Context } from 'hono';
import { isDay, lastDueDay } from '../../feeds/utc-day.ts';

export interface RebuildExportDeps {
  readonly exports: Pick<ExportStore, 'firstKeptDay' | 'requestRebuild'>;
  readonly clock: Clock;
  readonly wakeBuilder: () => void;
}

/** POST /earshot/v1/exports/{date}/rebuild */
export function rebuildExport({ exports, clock, wakeBuilder }: RebuildExportDeps) {
  return async (c: Context<AppEnv, '/earshot/v1/exports/:date/rebuild'>) => {
    const date = c.req.param('date');
    if (!isDay(date)) {
      return refuse(c, { code: ERROR_CODES.invalidField, message: '/date must be a day such as 2026-11-22' });
    }
    if (date > lastDueDay(clock.now())) {
      const message = 'The day is built at 02:00 UTC of the next day and can be built again from then on';
      return refuse(c, { code: ERROR_CODES.conflict, message });
    }
    const day = { tenantId: c.get('key').tenantId, day: date };
    const first = await exports.firstKeptDay(day.tenantId, clock.now());
    if (date < first) {
      const message = `/date must be ${first} or later: the files of days before it have expired`;
      return refuse(c, { code: ERROR_CODES.unprocessable, message });
    }
    await exports.requestRebuild(day, { atMs: clock.now(), purge: false });
    wakeBuilder();
    const answer: ExportRebuild = { date, state: 'waiting' };
    return c.json(answer, 202);
  };
}
