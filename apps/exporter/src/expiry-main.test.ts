import type { RunningApp } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayFolder } from './build/build-unit.ts';
import { dayStartMs, daysBefore } from './feeds/utc-day.ts';
import { openExporterProcesses, type ExporterProcesses } from './testing/exporter-processes.ts';

const WAIT = { timeout: 60_000, interval: 50 };
/** Far enough from the first day that is kept, whenever the test runs; messages of both are kept. */
const [OLD_DAY, YOUNG_DAY] = [daysBefore(Date.now(), 20), daysBefore(Date.now(), 4)];
const DAYS = { messagesDays: 30, deliveriesDays: 7, auditDays: 365 };
let world: ExporterProcesses;

beforeAll(async () => {
  world = await openExporterProcesses();
  await world.storage.retention.putSettings(world.tenantId, DAYS, Date.now());
  for (const day of [OLD_DAY, YOUNG_DAY]) await world.say(new Date(dayStartMs(day)), 1);
});

afterAll(async () => await world.close());

const filesOf = async (day: string) => await world.objects.list(dayFolder({ tenantId: world.tenantId, day }));
const closedAt = async (day: string) =>
  (await world.storage.exports.readDay(world.tenantId, day))?.closedAtMs;
const daysWithRows = async (): Promise<readonly string[]> =>
  (await world.sql.query<{ day: string }>('select day::text from export_days order by day')).rows.map(
    ({ day }) => day,
  );

/** As the metrics of all of them tell it. */
async function erasedCount(apps: readonly RunningApp[]): Promise<number> {
  const counts = apps.map(async ({ baseUrl }) => {
    const metrics = await (await fetch(`${baseUrl}/metrics`)).text();
    return Number(
      /^earshot_retention_erased_total\{[^}]*kind="exports"[^}]*\} (\d+)/m.exec(metrics)?.[1] ?? 0,
    );
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** As it is told for good. */
async function countedDays(): Promise<number> {
  const days = await world.storage.retention.listErased({
    tenantId: world.tenantId,
    fromDay: '2000-01-01',
    toDay: '2999-12-31',
  });
  return days.reduce((sum, { byAge }) => sum + byAge.exportDays, 0);
}

describe('main with a retention of exports', () => {
  it('builds every day that is kept', async () => {
    const app = await world.start();
    for (const day of [OLD_DAY, YOUNG_DAY]) await expect.poll(() => closedAt(day), WAIT).toBeDefined();
    expect((await filesOf(OLD_DAY)).length).toBeGreaterThan(0);
    expect(await app.stop()).toBe(0);
  }, 240_000);

  it('erases each day that has expired once, with two world.running after one was killed at it', async () => {
    const [before, kept] = [await daysWithRows(), await filesOf(YOUNG_DAY)];
    await world.storage.retention.putSettings(world.tenantId, { ...DAYS, exportsDays: 10 }, Date.now());
    const [first = ''] = await filesOf(OLD_DAY);
    await world.storage.exports.claimExpired(
      { tenantId: world.tenantId, day: OLD_DAY },
      { nowMs: Date.now(), leaseMs: 1 },
    );
    await world.objects.delete([first]);
    const apps = await Promise.all([world.start(), world.start()]);
    const expired = async () =>
      (await world.storage.exports.listDays(world.tenantId)).filter(
        (day) => day < daysBefore(Date.now(), 10),
      );
    await expect.poll(expired, WAIT).toEqual([]);
    await expect.poll(daysWithRows, WAIT).not.toContain(OLD_DAY);
    const uncounted = async () => {
      const left = new Set(await daysWithRows());
      const gone = before.filter((day) => !left.has(day)).length;
      return { byMetrics: gone - (await erasedCount(apps)), byRows: gone - (await countedDays()) };
    };
    await expect.poll(uncounted, WAIT).toEqual({ byMetrics: 0, byRows: 0 });
    expect(await filesOf(OLD_DAY)).toEqual([]);
    expect(await filesOf(YOUNG_DAY)).toEqual(kept);
    for (const app of apps) expect(await app.stop()).toBe(0);
  }, 240_000);

  it('builds none of them anew', async () => {
    const asked = { atMs: Date.now(), purge: false };
    await world.storage.exports.requestRebuild({ tenantId: world.tenantId, day: YOUNG_DAY }, asked);
    await world.start();
    // The days before it would have been built by then.
    const waits = async () =>
      (await world.storage.exports.readDay(world.tenantId, YOUNG_DAY))?.rebuildRequestedAtMs;
    await expect.poll(waits, WAIT).toBeUndefined();
    expect(await daysWithRows()).not.toContain(OLD_DAY);
    expect(await filesOf(OLD_DAY)).toEqual([]);
  }, 240_000);
});
