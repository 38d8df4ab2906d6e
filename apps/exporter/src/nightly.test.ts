import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningApp } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayFolder } from './build/build-unit.ts';
import { openExporterProcesses, type ExporterProcesses } from './testing/exporter-processes.ts';

const STAGED_CLOCK = new URL('testing/staged-clock.ts', import.meta.url);
const DIE_AFTER_FILES = new URL('testing/die-after-files.ts', import.meta.url);
const WAIT = { timeout: 60_000, interval: 50 };
const TIMEOUT_MS = 120_000;
/** Two schedules rest after each pass. */
const RESTS_PER_PASS = 2;
/** What was said on each day of March; on the fourth nothing was. */
const ROWS = { '01': 30, '02': 40, '03': 50, '05': 60, '06': 70 } as const;

let world: ExporterProcesses;
let clockFile: string;
let restsFile: string;
let restsBefore = 0;

beforeAll(async () => {
  world = await openExporterProcesses();
  [clockFile, restsFile] = [join(world.folder, 'clock'), join(world.folder, 'rests')];
  await writeFile(restsFile, '');
  for (const [day, count] of Object.entries(ROWS))
    await world.say(new Date(`2031-03-${day}T12:00:00Z`), count);
});

afterAll(async () => await world.close());

/** Moves the clock of every process. */
async function setClock(at: string): Promise<void> {
  restsBefore = await restCount();
  await writeFile(clockFile, `${Date.parse(at)}\n`);
}

async function start(dieAfterFiles?: number): Promise<RunningApp> {
  const imports = dieAfterFiles === undefined ? [STAGED_CLOCK] : [STAGED_CLOCK, DIE_AFTER_FILES];
  return await world.start({
    NODE_OPTIONS: imports.map(({ href }) => `--import=${href}`).join(' '),
    CLOCK_FILE: clockFile,
    RESTS_FILE: restsFile,
    DIE_AFTER_FILES: String(dieAfterFiles),
  });
}

async function restCount(): Promise<number> {
  return (await readFile(restsFile, 'utf8')).split('\n').length - 1;
}

/** Until every process has looked for what is due since the clock was moved. */
async function untilAllRest(): Promise<void> {
  await expect.poll(restCount, WAIT).toBe(restsBefore + world.running.size * RESTS_PER_PASS);
}

async function end(): Promise<void> {
  const codes = await Promise.all([...world.running].map((app) => app.stop()));
  expect(codes).toEqual(codes.map(() => 0));
  world.running.clear();
}

/** Days that the processes built, all of them together. */
async function builtCount(): Promise<number> {
  let count = 0;
  for (const app of world.running) {
    const text = await (await fetch(`${app.baseUrl}/metrics`)).text();
    count += Number(/^earshot_export_builds_total\{.*outcome="built".*\} (\d+)$/m.exec(text)?.[1] ?? 0);
  }
  return count;
}

const dayOf = (day: string) => ({ tenantId: world.tenantId, day: `2031-03-${day}` });
const written = async (day: string): Promise<readonly string[]> =>
  await world.objects.list(dayFolder(dayOf(day)));

/** The day has its files in their first form, whole, and nothing beside them. */
async function expectPublishedOnce(day: string, rowCount: number): Promise<void> {
  const read = await world.storage.exports.readDay(world.tenantId, dayOf(day).day);
  expect(read?.closedAtMs).toBeDefined();
  const units = read?.units ?? [];
  expect(units.find(({ hour }) => hour === undefined)).toMatchObject({
    revision: 1,
    rowCount,
    lateRowCount: 0,
  });
  const files = units.flatMap((unit) => unit.files);
  const manifest = `${dayFolder(dayOf(day))}/manifest.json`;
  expect(await written(day)).toEqual([...files.map(({ objectKey }) => objectKey), manifest].toSorted());
  for (const { objectKey, sha256 } of files) {
    const opened = await world.objects.open(objectKey);
    const bytes = Buffer.from(await new Response(opened?.stream).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
}

describe('exporter processes at 02:00 UTC', () => {
  it(
    'build yesterday once, two of them, and not a moment before',
    async () => {
      await setClock('2031-03-02T01:59:59.999Z');
      await Promise.all([start(), start()]);
      await untilAllRest();
      expect(await written('01')).toEqual([]);
      await setClock('2031-03-02T02:01:00Z');
      await untilAllRest();
      await expectPublishedOnce('01', ROWS['01']);
      expect(await written('02')).toEqual([]);
      expect(await builtCount()).toBe(1);
      await end();
    },
    TIMEOUT_MS,
  );

  it(
    'build yesterday once after one was killed in the middle of it',
    async () => {
      await setClock('2031-03-03T01:59:00Z');
      const killed = await start(2);
      await untilAllRest();
      world.running.delete(killed);
      await setClock('2031-03-03T02:00:00Z');
      await expect.poll(async () => (await written('02')).length, WAIT).toBe(2);
      expect(await killed.stop('SIGKILL')).toBe(null);
      expect(
        (await world.storage.exports.readDay(world.tenantId, dayOf('02').day))?.closedAtMs,
      ).toBeUndefined();

      await setClock('2031-03-03T02:00:30Z');
      await Promise.all([start(), start()]);
      await untilAllRest();
      expect(await builtCount()).toBe(0);
      // What time does to the lease of the dead.
      await world.sql.query('update export_days set leased_until = clock_timestamp()');
      await setClock('2031-03-03T02:01:30Z');
      await untilAllRest();
      await expectPublishedOnce('02', ROWS['02']);
      expect(await builtCount()).toBe(1);
      await end();
    },
    TIMEOUT_MS,
  );

  it(
    'build each day of three that nobody was there for once, also the one without a word',
    async () => {
      await setClock('2031-03-06T09:00:00Z');
      await Promise.all([start(), start()]);
      await untilAllRest();
      await expectPublishedOnce('03', ROWS['03']);
      await expectPublishedOnce('04', 0);
      await expectPublishedOnce('05', ROWS['05']);
      expect(await builtCount()).toBe(3);
      expect(await written('06')).toEqual([]);
      await setClock('2031-03-06T09:01:00Z');
      await untilAllRest();
      expect(await builtCount()).toBe(3);
      await end();
    },
    TIMEOUT_MS,
  );
});
