import type { DueExportDay, ExportStore } from '../../stores/exports.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { COUNT_GONE } from '../retention/erased-counts.ts';
import { RETENTION_DEFAULTS } from '../retention/retention-settings.ts';

/** By whole days of UTC, as messages expire: files of a day go no later than what was said on it and nowhere after it. */
export const FIRST_KEPT_DAY = (
  tenantId: string,
  now: string,
): string => `(${now} at time zone 'UTC')::date - least(
    coalesce((select messages_days from retention_settings where tenant_id = ${tenantId}), ${RETENTION_DEFAULTS.messagesDays}),
    (select exports_days from retention_settings where tenant_id = ${tenantId}))`;

const IS_FREE = '(d.leased_until is null or d.leased_until <= clock_timestamp())';

/** A day whose erasure failed has a lease that ran out. */
const LIST = `select e.tenant_id as "tenantId", e.day::text
from tenants t cross join lateral (
  select d.tenant_id, d.day, d.leased_until from export_days d where d.tenant_id = t.tenant_id and ${IS_FREE}
    and (d.erasing or d.day < ${FIRST_KEPT_DAY('t.tenant_id', '$1::timestamptz')})
) e
order by e.leased_until nulls first, e.day, e.tenant_id limit $2`;

const CLAIM = `update export_days d
set erasing = true, lease_epoch = d.lease_epoch + 1, leased_until = clock_timestamp() + $4 * interval '1 ms'
where d.tenant_id = $1 and d.day = $2 and ${IS_FREE}
  and (d.erasing or d.day < ${FIRST_KEPT_DAY('$1', '$3::timestamptz')})
returning d.lease_epoch as epoch`;

const FORGET = `with gone as (
  delete from export_days where tenant_id = $1 and day = $2 and lease_epoch = $3 and erasing returning tenant_id, day
), counted as (${COUNT_GONE('exportDays')})
update tenants t set exports_gone_through = greatest(t.exports_gone_through, gone.day)
from gone where t.tenant_id = gone.tenant_id returning 1`;

export function createExportExpiry(
  database: Database,
): Pick<ExportStore, 'firstKeptDay' | 'listExpired' | 'claimExpired' | 'forgetDay'> {
  return {
    async firstKeptDay(tenantId, nowMs) {
      const [row] = await database.run<{ day: string }>(
        'find the first day of exports',
        `select (${FIRST_KEPT_DAY('$1', '$2::timestamptz')})::text as day`,
        [tenantId, instant(nowMs)],
      );
      // One row is always answered; a day nobody reaches keeps everything to itself.
      return row?.day ?? '9999-12-31';
    },
    async listExpired({ nowMs, limit }) {
      return await database.run<DueExportDay>('list expired exports', LIST, [instant(nowMs), limit]);
    },
    async claimExpired({ tenantId, day }, { nowMs, leaseMs }) {
      const values = [tenantId, day, instant(nowMs), leaseMs];
      const [row] = await database.run<{ epoch: number }>('claim an expired export', CLAIM, values);
      return row && { tenantId, day, epoch: row.epoch };
    },
    async forgetDay({ tenantId, day, epoch }) {
      return (await database.run('forget an export', FORGET, [tenantId, day, epoch])).length > 0;
    },
  };
}
