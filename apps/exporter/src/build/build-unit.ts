import { AppError } from '@earshot/domain';
import { EXPORT_FORMATS, type ExportFormat } from '@earshot/export-files';
import type { BuiltExportUnit, ExportClaim, ExportFile, ExportUnit, UtteranceStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import { fileNameOf } from '../feeds/feed.ts';
import { dayEndMs, dayStartMs, HOUR_MS } from '../feeds/utc-day.ts';
import { unitRows, type RowCounts } from './unit-rows.ts';
import { writeFile } from './write-file.ts';

export interface BuildUnitDeps {
  readonly utterances: UtteranceStore;
  readonly objects: ObjectStore;
  /** Told of the rows of each file. */
  readonly onWritten: (format: ExportFormat, rowCount: number) => void;
}

export interface UnitToBuild {
  readonly claim: ExportClaim;
  readonly hour: number | undefined;
  /** What stands there now. */
  readonly before: ExportUnit | undefined;
  readonly closedAtMs: number;
  readonly signal: AbortSignal;
}

/** Holds a folder for each day. */
export function feedFolder(tenantId: string): string {
  return `${tenantId}/utterances/version=1`;
}

/** The folder of all that was ever built of a day. */
export function dayFolder({ tenantId, day }: { readonly tenantId: string; readonly day: string }): string {
  return `${feedFolder(tenantId)}/dt=${day}`;
}

/**
 * Writes the files of a unit, under keys that no other claim of the day writes. The same rows as before keep revision and
 * names; others are the next revision.
 */
export async function buildUnit(deps: BuildUnitDeps, unit: UnitToBuild): Promise<BuiltExportUnit> {
  const { before, hour, closedAtMs } = unit;
  const { files, counts } = await writeFiles(deps, unit, (before?.revision ?? 0) + 1);
  const built = { hour, closedAtMs, rowCount: counts.rows };
  if (before === undefined || !areSame(files, before.files)) {
    return { ...built, revision: (before?.revision ?? 0) + 1, lateRowCount: counts.late, files };
  }
  const kept = await keepOld(deps.objects, files, before.files);
  return { ...built, revision: before.revision, lateRowCount: before.lateRowCount, files: kept };
}

interface WrittenUnit {
  readonly files: readonly ExportFile[];
  readonly counts: RowCounts;
}

async function writeFiles(deps: BuildUnitDeps, unit: UnitToBuild, revision: number): Promise<WrittenUnit> {
  const { claim, hour, closedAtMs, before, signal } = unit;
  const { day, tenantId } = claim;
  const query = { tenantId, ...spanOf(day, hour), storedBeforeMs: closedAtMs };
  // Most hours of the night are empty and have no file; an empty day has, since somebody waits for it.
  if (hour !== undefined && (await deps.utterances.listSpoken({ ...query, limit: 1 })).length === 0) {
    return { files: [], counts: { rows: 0, late: 0 } };
  }
  const lateFromMs = before?.closedAtMs ?? Infinity;
  const files: ExportFile[] = [];
  let first: RowCounts | undefined;
  for (const format of EXPORT_FORMATS) {
    const fileName = fileNameOf({ day, hour, revision, format });
    const objectKey = `${dayFolder(claim)}/build=${claim.epoch}/${fileName}`;
    const counts: RowCounts = { rows: 0, late: 0 };
    const rows = unitRows(deps.utterances, query, counts, { lateFromMs, signal });
    const written = await writeFile(deps.objects, objectKey, format, rows);
    files.push({ format, fileName, objectKey, rowCount: counts.rows, ...written });
    deps.onWritten(format, counts.rows);
    first ??= counts;
    if (counts.rows !== first.rows) {
      const message = `Cannot build ${fileName}: rows changed from ${first.rows} to ${counts.rows} meanwhile`;
      throw new AppError('export.rows-changed', message, { retryable: true });
    }
  }
  return { files, counts: first ?? { rows: 0, late: 0 } };
}

function spanOf(day: string, hour: number | undefined): { fromMs: number; toMs: number } {
  if (hour === undefined) return { fromMs: dayStartMs(day), toMs: dayEndMs(day) };
  const fromMs = dayStartMs(day) + hour * HOUR_MS;
  return { fromMs, toMs: fromMs + HOUR_MS };
}

function areSame(files: readonly ExportFile[], others: readonly ExportFile[]): boolean {
  const sumOf = (list: readonly ExportFile[]): string =>
    list
      .map(({ format, sha256 }) => `${format} ${sha256}`)
      .toSorted()
      .join();
  return sumOf(files) === sumOf(others);
}

/** Objects that stand are kept, so that downloads of them go on; one that was lost is replaced by what was written now. */
async function keepOld(
  objects: ObjectStore,
  written: readonly ExportFile[],
  old: readonly ExportFile[],
): Promise<readonly ExportFile[]> {
  return await Promise.all(
    old.map(async (file) => {
      const opened = await objects.open(file.objectKey);
      await opened?.stream.cancel();
      const again = written.find(({ format }) => format === file.format);
      return opened === undefined && again !== undefined ? { ...file, objectKey: again.objectKey } : file;
    }),
  );
}
