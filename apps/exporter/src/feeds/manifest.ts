import type { ExportManifest } from '@earshot/api';
import { isExportFormat } from '@earshot/export-files';
import type { ExportDay } from '@earshot/storage';
import { intervalOf } from './feed.ts';

/** What was built of a day, as it is answered and as it lies beside the files. */
export function presentManifest(day: ExportDay): ExportManifest {
  return {
    feed: 'utterances',
    version: '1',
    date: day.day,
    state: stateOf(day),
    rowsWritten: day.rowsWritten,
    units: day.units.map(({ hour, revision, closedAtMs, builtAtMs, rowCount, lateRowCount, files }) => ({
      ...(hour === undefined ? {} : { interval: intervalOf(hour) }),
      revision,
      closedAt: new Date(closedAtMs).toISOString(),
      builtAt: new Date(builtAtMs).toISOString(),
      rowCount,
      lateRowCount,
      files: files.flatMap(({ format, fileName, rowCount: rows, byteCount, sha256 }) =>
        isExportFormat(format) ? [{ format, fileName, rowCount: rows, byteCount, sha256 }] : [],
      ),
    })),
  };
}

function stateOf(day: ExportDay): ExportManifest['state'] {
  if (day.isBuilding) return 'building';
  if (day.rebuildRequestedAtMs !== undefined) return 'waiting';
  if (day.closedAtMs !== undefined) return 'closed';
  return day.hoursBuilt > 0 ? 'open' : 'waiting';
}
