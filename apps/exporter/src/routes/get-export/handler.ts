import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { ExportStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentManifest } from '../../feeds/manifest.ts';
import { isDay } from '../../feeds/utc-day.ts';

/** GET /earshot/v1/exports/{date} */
export function getExport({ exports }: { readonly exports: Pick<ExportStore, 'readDay'> }) {
  return async (c: Context<AppEnv, '/earshot/v1/exports/:date'>) => {
    const date = c.req.param('date');
    if (!isDay(date)) {
      return refuse(c, { code: ERROR_CODES.invalidField, message: '/date must be a day such as 2026-11-22' });
    }
    const day = await exports.readDay(c.get('key').tenantId, date);
    if (day === undefined)
      return refuse(c, { code: ERROR_CODES.notFound, message: 'Nothing was built of this day' });
    return c.json(presentManifest(day));
  };
}
