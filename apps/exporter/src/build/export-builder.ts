import type { Clock } from '@earshot/domain';
import type { DueExportDay, ExportStore, UtteranceStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger, Metrics } from '@earshot/telemetry';
import { dayOf, daysBefore, hoursOver, lastDueDay } from '../feeds/utc-day.ts';
import { buildDay, type BuildDayDeps } from './build-day.ts';

export interface ExportBuilderOptions {
  readonly exports: ExportStore;
  readonly utterances: UtteranceStore;
  readonly objects: ObjectStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly hourly: boolean;
  /** Another builder takes a day over this long after its builder died. Default 60 000 ms. */
  readonly leaseMs?: number;
}

export interface ExportBuilder {
  /** Builds every day that is due now, one after the other. One that fails is left for the next time. */
  runDue(signal: AbortSignal): Promise<void>;
}

const LEASE_MS = 60_000;
const DUE_COUNT_MAX = 1000;
/** Missed days without an utterance are made up for this long; those with one, always. */
const EMPTY_DAYS_MAX = 31;
/** A file that was superseded stays for those who listed it before. */
const SUPERSEDED_KEPT_MS = 86_400_000;
const SETTLE_MS = 60_000;
const SECONDS_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200];

export function createExportBuilder(options: ExportBuilderOptions): ExportBuilder {
  const { exports, objects, logger, clock, hourly } = options;
  const metrics = createBuildMetrics(options.metrics);
  const deps: BuildDayDeps = {
    ...options,
    leaseMs: options.leaseMs ?? LEASE_MS,
    onWritten: (format, rowCount) => metrics.rows.add(rowCount, { format }),
  };
  const buildOne = async (due: DueExportDay, signal: AbortSignal): Promise<void> => {
    const startedAt = performance.now();
    try {
      const outcome = await buildDay(deps, due, signal);
      metrics.builds.add(1, { outcome });
      if (outcome !== 'built') return;
      metrics.seconds.observe((performance.now() - startedAt) / 1000);
      logger.info('export.built', { tenantId: due.tenantId, day: due.day });
    } catch (error) {
      signal.throwIfAborted();
      metrics.builds.add(1, { outcome: 'failed' });
      logger.error('export.failed', { tenantId: due.tenantId, day: due.day, error });
    }
  };
  const dueNow = async (): Promise<readonly DueExportDay[]> => {
    const nowMs = clock.now();
    const days = hourly ? [daysBefore(nowMs, 1), dayOf(nowMs)] : [];
    return await exports.listDue({
      nowMs,
      throughDay: lastDueDay(nowMs),
      emptyFromDay: daysBefore(nowMs, EMPTY_DAYS_MAX),
      storedBeforeMs: nowMs - SETTLE_MS,
      hours: days.map((day) => ({ day, count: hoursOver(day, nowMs) })),
      limit: DUE_COUNT_MAX,
    });
  };
  return {
    async runDue(signal) {
      const due = await dueNow();
      metrics.due.set(due.length);
      for (const [index, day] of due.entries()) {
        signal.throwIfAborted();
        await buildOne(day, signal);
        metrics.due.set(due.length - index - 1);
      }
      await forgetSuperseded(exports, objects, clock.now() - SUPERSEDED_KEPT_MS);
    },
  };
}

async function forgetSuperseded(exports: ExportStore, objects: ObjectStore, beforeMs: number): Promise<void> {
  const keys = await exports.listSuperseded({ supersededBeforeMs: beforeMs, limit: DUE_COUNT_MAX });
  if (keys.length === 0) return;
  // The objects first: a row without one is asked for again, an object without a row would stay.
  await objects.delete(keys);
  await exports.forgetFiles(keys);
}

function createBuildMetrics(metrics: Metrics) {
  return {
    rows: metrics.counter({
      name: 'earshot_export_rows_total',
      help: 'Rows written to files',
      labels: ['format'],
    }),
    builds: metrics.counter({
      name: 'earshot_export_builds_total',
      help: 'Days that were due, by what became of them',
      labels: ['outcome'],
    }),
    due: metrics.gauge({ name: 'earshot_export_due_days', help: 'Days left to build' }),
    seconds: metrics.histogram({
      name: 'earshot_export_build_duration_seconds',
      help: 'Time to build what was due of a day',
      buckets: SECONDS_BUCKETS,
    }),
  };
}
