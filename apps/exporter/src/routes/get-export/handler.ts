import { ERROR_CODES } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import { refuse, type AppEnv } from '@earshot/http';
import type { ExportStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentManifest } from '../../feeds/manifest.ts';
import { isDay } from '../../feeds/utc-day.ts';

export interface GetExportDeps {
  readonly exports: Pick<ExportStore, 'firstKeptDay' | 'readDay'>;
  readonly clock: Clock;
}

/** GET /earshot/v1/exports/{date} */
export function getExport({ exports, clock }: GetExportDeps) {
  return async (c: Context<AppEnv, '/earshot/v1/exports/:date'>) => {
    const date = c.req.param('date');
    const { tenantId } = c.get('key');
    if (!isDay(date)) {
      return refuse(c, { code: ERROR_CODES.invalidField, message: '/date must be a day such as 2026-11-22' });
    }
    const first = await exports.firstKeptDay(tenantId, clock.now());
    if (date < first) {
      const message = `The files of days before ${first} have expired`;
      return refuse(c, { code: ERROR_CODES.notFound, message });
    }
    const day = await exports.readDay(tenantId, date);
    if (day === undefined)
      return refuse(c, { code: ERROR_CODES.notFound, message: 'Nothing was built of this day' });
    return c.json(presentManifest(day));
  };
}
