import type { Clock } from '@earshot/domain';
import type {
  BuiltExportUnit,
  DueExportDay,
  ExportClaim,
  ExportDay,
  ExportStore,
  ExportUnit,
} from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { presentManifest } from '../feeds/manifest.ts';
import { hoursOver, lastDueDay } from '../feeds/utc-day.ts';
import { buildUnit, dayFolder, type BuildUnitDeps } from './build-unit.ts';
import { holdClaim, leaseLost } from './held-claim.ts';

export interface BuildDayDeps extends BuildUnitDeps {
  readonly exports: ExportStore;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly hourly: boolean;
  readonly leaseMs: number;
}

/** `taken`: another builder has it. `nothing`: it was done meanwhile. */
export type BuildOutcome = 'built' | 'taken' | 'nothing';

/** What was stored less than this ago may still be on its way into the table. */
const SETTLE_MS = 60_000;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const FORGET_COUNT_MAX = 1000;

/** Builds what is due of one day, if nobody else does. Any part of it may have been done before. */
export async function buildDay(
  deps: BuildDayDeps,
  due: DueExportDay,
  stop: AbortSignal,
): Promise<BuildOutcome> {
  const { exports, leaseMs } = deps;
  const claim = await exports.claim(due, leaseMs);
  if (claim === undefined) return 'taken';
  let rowsWritten = 0;
  const held = holdClaim(exports, claim, { leaseMs, rowsWritten: () => rowsWritten, signal: stop });
  const counted: BuildDayDeps = {
    ...deps,
    onWritten(format, rowCount) {
      rowsWritten += rowCount;
      deps.onWritten(format, rowCount);
    },
  };
  try {
    const isBuilt = await buildClaimed(counted, claim, held.signal, () => rowsWritten);
    return isBuilt ? 'built' : 'nothing';
  } catch (error) {
    await exports.release(claim, {});
    throw error;
  } finally {
    held.release();
  }
}

async function buildClaimed(
  deps: BuildDayDeps,
  claim: ExportClaim,
  signal: AbortSignal,
  rowsWritten: () => number,
): Promise<boolean> {
  const { exports, clock } = deps;
  // A day that was erased since it was found to be due is there again by the claim, as if it had never been built.
  const hasExpired = claim.day < (await exports.firstKeptDay(claim.tenantId, clock.now()));
  const day = hasExpired ? undefined : await exports.readDay(claim.tenantId, claim.day);
  const plan = day && planOf(deps, day);
  if (day === undefined || plan === undefined) {
    await exports.release(claim, {});
    return false;
  }
  const closedAtMs = clock.now() - SETTLE_MS;
  let purge = day.rebuildPurges;
  for (const hour of plan.units) {
    const before = day.units.find((unit) => unit.hour === hour);
    const unit = await buildUnit(deps, { claim, hour, before, closedAtMs, signal });
    const isLess = holdsLess(unit, before);
    // Late utterances of a day whose others were deleted since, because they were old: the files with the others stay.
    if (isLess && hour === undefined && day.rebuildRequestedAtMs === undefined) {
      deps.logger.warn('export.rows-gone', { day: day.day, before: before?.rowCount, now: unit.rowCount });
      break;
    }
    // Whatever the rebuild was asked for: nobody may read on what the store has no more.
    purge ||= isLess;
    signal.throwIfAborted();
    if (!(await exports.saveUnit(claim, unit, clock.now()))) throw leaseLost();
  }
  await exports.extend(claim, { leaseMs: deps.leaseMs, rowsWritten: rowsWritten() });
  const { rebuildRequestedAtMs } = day;
  const done = { hoursBuilt: plan.hoursBuilt, ...(plan.isWhole ? { closedAtMs } : {}) };
  await tidyDay(deps, claim, { purge, done, rebuildRequestedAtMs });
  await exports.release(claim, { ...done, rebuildRequestedAtMs });
  return true;
}

interface Plan {
  /** Hours, and undefined for the whole day, in the order to build them. */
  readonly units: readonly (number | undefined)[];
  readonly isWhole: boolean;
  readonly hoursBuilt: number;
}

function planOf({ clock, hourly }: BuildDayDeps, day: ExportDay): Plan | undefined {
  const nowMs = clock.now();
  const over = hoursOver(day.day, nowMs);
  const isRequested = day.rebuildRequestedAtMs !== undefined;
  // Not before it is due, also when asked: what comes within the hour is known as late only by then.
  if (day.day <= lastDueDay(nowMs)) {
    const isDue = day.closedAtMs === undefined || day.hasLate || isRequested;
    return isDue ? { units: [undefined, ...HOURS], isWhole: true, hoursBuilt: 24 } : undefined;
  }
  const hoursBuilt = hourly ? Math.max(over, day.hoursBuilt) : day.hoursBuilt;
  if (isRequested) return { units: HOURS.slice(0, hoursBuilt), isWhole: false, hoursBuilt };
  if (hoursBuilt === day.hoursBuilt) return undefined;
  return { units: HOURS.slice(day.hoursBuilt, hoursBuilt), isWhole: false, hoursBuilt };
}

/** Rows that were in the files are in the store no more. */
function holdsLess(unit: BuiltExportUnit, before: ExportUnit | undefined): boolean {
  if (before === undefined || unit.revision === before.revision) return false;
  return unit.rowCount - unit.lateRowCount < before.rowCount;
}

interface FinishedBuild {
  /** No file of before may be left. */
  readonly purge: boolean;
  readonly done: { readonly hoursBuilt: number; readonly closedAtMs?: number };
  /** The request that this build answers. */
  readonly rebuildRequestedAtMs: number | undefined;
}

/** Writes the manifest and removes what belongs to no file: builds that broke off, and files that must not be left. */
async function tidyDay(deps: BuildDayDeps, claim: ExportClaim, build: FinishedBuild): Promise<void> {
  const { exports, objects, clock } = deps;
  const { purge, done, rebuildRequestedAtMs } = build;
  if (purge) {
    const query = { supersededBeforeMs: clock.now() + 1, day: claim, limit: FORGET_COUNT_MAX };
    await exports.forgetFiles(await exports.listSuperseded(query));
  }
  const read = await exports.readDay(claim.tenantId, claim.day);
  if (read === undefined) return;
  const manifestKey = `${dayFolder(claim)}/manifest.json`;
  // As the day is once it is released; what was asked for meanwhile still waits.
  const isAnswered = read.rebuildRequestedAtMs === rebuildRequestedAtMs;
  const asked = isAnswered ? undefined : read.rebuildRequestedAtMs;
  const manifest = presentManifest({ ...read, ...done, isBuilding: false, rebuildRequestedAtMs: asked });
  await objects.put(manifestKey, oneChunk(`${JSON.stringify(manifest, undefined, 2)}\n`));
  const known = new Set([manifestKey, ...(await exports.listObjectKeys(claim.tenantId, claim.day))]);
  const present = await objects.list(dayFolder(claim));
  await objects.delete(present.filter((key) => !known.has(key)));
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
