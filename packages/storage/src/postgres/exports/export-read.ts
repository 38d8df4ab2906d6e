import type { ExportDay, ExportFile } from '../../stores/exports.ts';
import type { Database } from '../database.ts';
import { WHOLE_DAY } from './export-unit.ts';

interface DayRow {
  is_building: boolean;
  rows_written: number;
  hours_built: number;
  closed_at: number | null;
  rebuild_requested_at: number | null;
  rebuild_purges: boolean;
  has_late: boolean;
}

interface UnitRow {
  hour: number;
  revision: number;
  closed_at: number;
  row_count: number;
  late_row_count: number;
  built_at: number;
  files: ExportFile[];
}

const FILE = `json_build_object('format', f.format, 'fileName', f.file_name, 'objectKey', f.object_key,
  'rowCount', f.row_count, 'byteCount', f.byte_count, 'sha256', f.sha256)`;

const DAY = `select leased_until > clock_timestamp() is true as is_building, rows_written, hours_built, closed_at,
  rebuild_requested_at, rebuild_purges, closed_at is not null and exists (
    select from messages m where m.tenant_id = d.tenant_id
      and m.client_timestamp >= d.day::timestamp at time zone 'UTC'
      and m.client_timestamp < (d.day + 1)::timestamp at time zone 'UTC'
      and m.created_at - m.client_timestamp > interval '1 hour' and m.created_at >= d.closed_at
  ) as has_late
from export_days d where tenant_id = $1 and day = $2 and not erasing`;

const UNITS = `select u.hour, u.revision, u.closed_at, u.row_count, u.late_row_count, u.built_at,
  coalesce((select json_agg(${FILE} order by f.file_name) from export_files f
    where f.tenant_id = u.tenant_id and f.day = u.day and f.hour = u.hour and f.revision = u.revision), '[]') as files
from export_units u where u.tenant_id = $1 and u.day = $2 order by u.hour`;

export async function readExportDay(
  database: Database,
  tenantId: string,
  day: string,
): Promise<ExportDay | undefined> {
  const [row] = await database.run<DayRow>('read an export', DAY, [tenantId, day]);
  if (row === undefined) return undefined;
  const units = await database.run<UnitRow>('read units of an export', UNITS, [tenantId, day]);
  return {
    tenantId,
    day,
    isBuilding: row.is_building,
    rowsWritten: row.rows_written,
    hoursBuilt: row.hours_built,
    closedAtMs: row.closed_at ?? undefined,
    rebuildRequestedAtMs: row.rebuild_requested_at ?? undefined,
    rebuildPurges: row.rebuild_purges,
    hasLate: row.has_late,
    units: units.map((unit) => ({
      hour: hourOf(unit.hour),
      revision: unit.revision,
      closedAtMs: unit.closed_at,
      rowCount: unit.row_count,
      lateRowCount: unit.late_row_count,
      builtAtMs: unit.built_at,
      files: unit.files,
    })),
  };
}

export async function findExportFile(
  database: Database,
  { tenantId, day, fileName }: { tenantId: string; day: string; fileName: string },
): Promise<(ExportFile & { readonly hour: number | undefined }) | undefined> {
  const [row] = await database.run<{ hour: number; file: ExportFile }>(
    'find an exported file',
    `select f.hour, ${FILE} as file from export_files f
     where f.tenant_id = $1 and f.day = $2 and f.file_name = $3`,
    [tenantId, day, fileName],
  );
  return row && { ...row.file, hour: hourOf(row.hour) };
}

function hourOf(stored: number): number | undefined {
  return stored === WHOLE_DAY ? undefined : stored;
}
