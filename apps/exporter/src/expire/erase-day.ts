import type { Clock } from '@earshot/domain';
import type { DueExportDay, ExportStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import { dayFolder, feedFolder } from '../build/build-unit.ts';
import { holdClaim } from '../build/held-claim.ts';
import { readDate } from '../feeds/feed.ts';

export interface EraseDayDeps {
  readonly exports: ExportStore;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly leaseMs: number;
}

const OBJECTS_PER_BATCH = 100;

/**
 * Erases all that was ever written of a day that has expired: objects, then rows. `false` where somebody else has it. A claim
 * that fails is not given back: until its lease has run out the days behind it have their turn.
 */
export async function eraseDay(
  { exports, objects, clock, leaseMs }: EraseDayDeps,
  day: DueExportDay,
  signal: AbortSignal,
): Promise<boolean> {
  const claim = await exports.claimExpired(day, { nowMs: clock.now(), leaseMs });
  if (claim === undefined) return false;
  const held = holdClaim(exports, claim, { leaseMs, rowsWritten: () => 0, signal });
  try {
    await eraseFolder(objects, day, held.signal);
    held.signal.throwIfAborted();
    return await exports.forgetDay(claim);
  } finally {
    held.release();
  }
}

/**
 * Erases what lies in folders of days that have expired and have no rows: a builder that stood still while its day was erased
 * may have written on. Answers the count of days.
 */
export async function eraseLeftovers(
  { exports, objects, clock }: Pick<EraseDayDeps, 'exports' | 'objects' | 'clock'>,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  const first = await exports.firstKeptDay(tenantId, clock.now());
  let erasedCount = 0;
  for (const folder of await objects.listFolders(feedFolder(tenantId))) {
    signal.throwIfAborted();
    const day = readDate(folder);
    // One that still has rows is erased with them.
    if (day === undefined || day >= first || (await exports.listObjectKeys(tenantId, day)).length > 0)
      continue;
    await eraseFolder(objects, { tenantId, day }, signal);
    erasedCount += 1;
  }
  return erasedCount;
}

async function eraseFolder(objects: ObjectStore, day: DueExportDay, signal: AbortSignal): Promise<void> {
  const keys = await objects.list(dayFolder(day));
  for (let start = 0; start < keys.length; start += OBJECTS_PER_BATCH) {
    signal.throwIfAborted();
    await objects.delete(keys.slice(start, start + OBJECTS_PER_BATCH));
  }
}
