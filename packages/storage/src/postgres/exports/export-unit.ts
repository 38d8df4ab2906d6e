import type { BuiltExportUnit, ExportClaim } from '../../stores/exports.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';

/** How the whole day stands in the column `hour`. */
export const WHOLE_DAY = -1;

export async function saveExportUnit(
  database: Database,
  { tenantId, day, epoch }: ExportClaim,
  unit: BuiltExportUnit,
  atMs: number,
): Promise<boolean> {
  const key = [tenantId, day, unit.hour ?? WHOLE_DAY];
  return await database.transaction('save an export', async (session) => {
    const mine = await session.rows(
      'select 1 from export_days where tenant_id = $1 and day = $2 and lease_epoch = $3 for no key update',
      [tenantId, day, epoch],
    );
    if (mine.length === 0) return false;
    await session.rows(
      `insert into export_units (tenant_id, day, hour, revision, closed_at, row_count, late_row_count, built_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (tenant_id, day, hour) do update set revision = excluded.revision, closed_at = excluded.closed_at,
         row_count = excluded.row_count, late_row_count = excluded.late_row_count, built_at = excluded.built_at`,
      [...key, unit.revision, instant(unit.closedAtMs), unit.rowCount, unit.lateRowCount, instant(atMs)],
    );
    await session.rows(
      `update export_files set superseded_at = $5
       where tenant_id = $1 and day = $2 and hour = $3 and revision < $4 and superseded_at is null`,
      [...key, unit.revision, instant(atMs)],
    );
    await session.rows(
      `insert into export_files
         (tenant_id, day, hour, revision, format, file_name, object_key, row_count, byte_count, sha256)
       select $1, $2, $3, $4, given.* from json_to_recordset($5::json) as given ("format" text, "fileName" text,
         "objectKey" text, "rowCount" bigint, "byteCount" bigint, "sha256" text)
       on conflict (tenant_id, day, hour, revision, format) do update set object_key = excluded.object_key`,
      [...key, unit.revision, json(unit.files)],
    );
    return true;
  });
}
