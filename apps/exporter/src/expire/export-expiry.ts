import type { Clock } from '@earshot/domain';
import type { DueExportDay, ExportStore, RetentionStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger, Metrics } from '@earshot/telemetry';
import { eraseDay, eraseLeftovers } from './erase-day.ts';

export interface ExportExpiryOptions {
  readonly exports: ExportStore;
  readonly tenants: Pick<RetentionStore, 'listTenants'>;
  readonly objects: ObjectStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Another process takes a day over this long after the one that erased it died. Default 60 000 ms. */
  readonly leaseMs?: number;
}

export interface ExportExpiry {
  /** Erases every day that has expired, one after the other. What fails is left for the next time. */
  eraseExpired(signal: AbortSignal): Promise<void>;
}

const LEASE_MS = 60_000;
const DAY_COUNT_MAX = 1000;
const TENANTS_PER_PAGE = 100;
/** Only what a builder left that stood still for a minute is ever found. */
const SWEEP_EVERY_MS = 6 * 3_600_000;

export function createExportExpiry(options: ExportExpiryOptions): ExportExpiry {
  const { exports, logger, clock } = options;
  const deps = { ...options, leaseMs: options.leaseMs ?? LEASE_MS };
  const erased = options.metrics.counter({
    name: 'earshot_retention_erased_total',
    help: 'Erased because of their age: days of files',
    labels: ['kind'],
  });
  let sweepDueAtMs = 0;
  /** A store that is away fails for all of them: the rest is tried the next time. */
  const eraseOne = async (day: DueExportDay, signal: AbortSignal): Promise<boolean> => {
    try {
      if (await eraseDay(deps, day, signal)) {
        erased.add(1, { kind: 'exports' });
        logger.info('export.erased', { ...day });
      }
      return true;
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('export.erase-failed', { ...day, error });
      return false;
    }
  };
  return {
    async eraseExpired(signal) {
      for (const day of await exports.listExpired({ nowMs: clock.now(), limit: DAY_COUNT_MAX })) {
        signal.throwIfAborted();
        if (!(await eraseOne(day, signal))) return;
      }
      if (clock.now() < sweepDueAtMs) return;
      for await (const tenantId of eachTenant(options.tenants, signal)) {
        const dayCount = await eraseLeftovers(deps, tenantId, signal);
        if (dayCount > 0) logger.info('export.leftovers-erased', { tenantId, dayCount });
      }
      sweepDueAtMs = clock.now() + SWEEP_EVERY_MS;
    },
  };
}

async function* eachTenant(
  tenants: Pick<RetentionStore, 'listTenants'>,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  for (let after: string | undefined; ;) {
    const page = await tenants.listTenants({
      limit: TENANTS_PER_PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const tenantId of page) {
      signal.throwIfAborted();
      yield tenantId;
    }
    after = page.at(-1);
    if (page.length < TENANTS_PER_PAGE) return;
  }
}
