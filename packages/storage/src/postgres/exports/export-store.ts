import type { ExportStore } from '../../stores/exports.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';
import { LIST_DUE_EXPORTS } from './export-due.ts';
import { createExportExpiry } from './export-expiry.ts';
import { findExportFile, readExportDay } from './export-read.ts';
import { saveExportUnit } from './export-unit.ts';

export function createExportStore(database: Database): ExportStore {
  return { ...createBuilding(database), ...createHandingOut(database), ...createExportExpiry(database) };
}

type HandingOut = Pick<
  ExportStore,
  'listDays' | 'readDay' | 'findFile' | 'listObjectKeys' | 'listSuperseded' | 'forgetFiles'
>;

type Building = Omit<ExportStore, keyof HandingOut | keyof ReturnType<typeof createExportExpiry>>;

function createBuilding(database: Database): Building {
  return {
    async listDue({ throughDay, emptyFromDay, storedBeforeMs, hours, limit, nowMs }) {
      const stored = instant(storedBeforeMs);
      const values = [throughDay, emptyFromDay, stored, json(hours), limit, instant(nowMs)];
      return await database.run('list due exports', LIST_DUE_EXPORTS, values);
    },
    async claim(day, leaseMs) {
      const [row] = await database.run<{ epoch: number }>(
        'claim an export',
        `insert into export_days as d (tenant_id, day, lease_epoch, leased_until)
         values ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
         on conflict (tenant_id, day) do update
         set lease_epoch = d.lease_epoch + 1, leased_until = excluded.leased_until, rows_written = 0
         where not d.erasing and (d.leased_until is null or d.leased_until <= clock_timestamp())
         returning lease_epoch as epoch`,
        [day.tenantId, day.day, leaseMs],
      );
      return row && { tenantId: day.tenantId, day: day.day, epoch: row.epoch };
    },
    async extend({ tenantId, day, epoch }, { leaseMs, rowsWritten }) {
      const rows = await database.run(
        'extend the claim of an export',
        `update export_days set leased_until = clock_timestamp() + $4 * interval '1 ms', rows_written = $5
         where tenant_id = $1 and day = $2 and lease_epoch = $3 and leased_until is not null returning 1`,
        [tenantId, day, epoch, leaseMs, rowsWritten],
      );
      return rows.length > 0;
    },
    saveUnit: async (claim, unit, atMs) => await saveExportUnit(database, claim, unit, atMs),
    async release({ tenantId, day, epoch }, { hoursBuilt, closedAtMs, rebuildRequestedAtMs }) {
      const rows = await database.run(
        'release an export',
        `update export_days set leased_until = null,
           hours_built = greatest(hours_built, $4::smallint),
           closed_at = coalesce($5, closed_at),
           rebuild_requested_at = case when rebuild_requested_at <= $6 then null else rebuild_requested_at end,
           rebuild_purges = rebuild_purges and (rebuild_requested_at <= $6) is not true
         where tenant_id = $1 and day = $2 and lease_epoch = $3 returning 1`,
        [tenantId, day, epoch, hoursBuilt ?? 0, instant(closedAtMs), instant(rebuildRequestedAtMs)],
      );
      return rows.length > 0;
    },
    async requestRebuild({ tenantId, day }, { atMs, purge }) {
      await database.run(
        'request an export',
        `insert into export_days as d (tenant_id, day, rebuild_requested_at, rebuild_purges) values ($1, $2, $3, $4)
         on conflict (tenant_id, day) do update set
           rebuild_requested_at = greatest(d.rebuild_requested_at + interval '1 ms', excluded.rebuild_requested_at),
           rebuild_purges = d.rebuild_purges or excluded.rebuild_purges`,
        [tenantId, day, instant(atMs), purge],
      );
    },
  };
}

function createHandingOut(database: Database): HandingOut {
  return {
    async listDays(tenantId) {
      const rows = await database.run<{ day: string }>(
        'list exported days',
        `select day::text from export_days
         where tenant_id = $1 and (closed_at is not null or hours_built > 0) and not erasing order by day`,
        [tenantId],
      );
      return rows.map(({ day }) => day);
    },
    readDay: async (tenantId, day) => await readExportDay(database, tenantId, day),
    findFile: async (tenantId, day, fileName) => await findExportFile(database, { tenantId, day, fileName }),
    async listObjectKeys(tenantId, day) {
      const rows = await database.run<{ key: string }>(
        'list objects of an export',
        'select object_key as key from export_files where tenant_id = $1 and day = $2',
        [tenantId, day],
      );
      return rows.map(({ key }) => key);
    },
    async listSuperseded({ supersededBeforeMs, day, limit }) {
      const rows = await database.run<{ key: string }>(
        'list superseded exports',
        `select object_key as key from export_files
         where superseded_at < $1 and ($2::text is null or (tenant_id = $2 and day = $3::date))
         order by superseded_at, object_key limit $4`,
        [instant(supersededBeforeMs), day?.tenantId ?? null, day?.day ?? null, limit],
      );
      return rows.map(({ key }) => key);
    },
    async forgetFiles(objectKeys) {
      await database.run(
        'forget superseded exports',
        'delete from export_files where object_key = any ($1::text[]) and superseded_at is not null',
        [objectKeys],
      );
    },
  };
}
