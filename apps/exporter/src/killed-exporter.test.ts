import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayFolder } from './build/build-unit.ts';
import { dayStartMs, lastDueDay } from './feeds/utc-day.ts';
import { openExporterProcesses, type ExporterProcesses } from './testing/exporter-processes.ts';

const DAY = lastDueDay(Date.now());
const DIE_AFTER_FILES = new URL('testing/die-after-files.ts', import.meta.url);
const ROW_COUNT = 60_000;
const WAIT = { timeout: 60_000, interval: 20 };
let world: ExporterProcesses;

beforeAll(async () => {
  world = await openExporterProcesses();
  await world.say(new Date(dayStartMs(DAY)), ROW_COUNT);
});

afterAll(async () => await world.close());

const written = async () => await world.objects.list(dayFolder({ tenantId: world.tenantId, day: DAY }));
const readDay = async () => await world.storage.exports.readDay(world.tenantId, DAY);

describe('two exporters after one was killed in the middle of a day', () => {
  it('publish the day once and leave nothing of the broken build', async () => {
    const killed = await world.start({
      NODE_OPTIONS: `--import=${DIE_AFTER_FILES.href}`,
      DIE_AFTER_FILES: '1',
    });
    await expect.poll(async () => (await written()).length, WAIT).toBeGreaterThan(0);
    expect(await killed.stop('SIGKILL')).toBeNull();
    expect((await readDay())?.closedAtMs).toBeUndefined();
    // What a minute would do to the lease of the dead.
    await world.sql.query('update export_days set leased_until = clock_timestamp()');
    await Promise.all([world.start(), world.start()]);
    await expect.poll(async () => (await readDay())?.closedAtMs, WAIT).toBeDefined();
    const { units = [] } = (await readDay()) ?? {};
    expect(units[0]).toMatchObject({ revision: 1, rowCount: ROW_COUNT, lateRowCount: 0 });
    const files = units.flatMap((unit) => unit.files);
    const keys = files.map(({ objectKey }) => objectKey);
    const manifestKey = `${dayFolder({ tenantId: world.tenantId, day: DAY })}/manifest.json`;
    expect(await written()).toEqual([...keys, manifestKey].toSorted());
    for (const { objectKey, byteCount, sha256 } of files) {
      const opened = await world.objects.open(objectKey);
      const bytes = Buffer.from(await new Response(opened?.stream).arrayBuffer());
      expect(bytes.byteLength).toBe(byteCount);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
  }, 240_000);
});
