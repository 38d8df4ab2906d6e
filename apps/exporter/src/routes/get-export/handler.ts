import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import { readKeptDay, type DaysDeps } from '../../feeds/find-feed.ts';
import { presentManifest } from '../../feeds/manifest.ts';
import { isDay } from '../../feeds/utc-day.ts';

/** GET /earshot/v1/exports/{date} */
export function getExport(deps: DaysDeps) {
  return async (c: Context<AppEnv, '/earshot/v1/exports/:date'>) => {
    const date = c.req.param('date');
    if (!isDay(date)) {
      return refuse(c, { code: ERROR_CODES.invalidField, message: '/date must be a day such as 2026-11-22' });
    }
    const day = await readKeptDay(deps, c.get('key').tenantId, date);
    if (day === undefined) {
      const message = 'Nothing was built of this day, or its files have expired';
      return refuse(c, { code: ERROR_CODES.notFound, message });
    }
    return c.json(presentManifest(day));
  };
}
