import type { ObjectStore } from '@earshot/storage/objects';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  DAY,
  DAY_AT,
  DAY_MS,
  DUE_AT,
  HOUR_MS,
  spokenIn,
  TENANT,
  useExporter,
} from '../testing/exporter-under-test.ts';
import { dayFolder } from './build-unit.ts';

const system = useExporter();
const never = new AbortController().signal;
const NAME = `utterances-${DAY}.jsonl`;
beforeEach(async () => await system.reset());

const day = async (name = DAY) => await system.storage.exports.readDay(TENANT, name);
const wholeDay = async (name = DAY) => (await day(name))?.units.find(({ hour }) => hour === undefined);

/** A store that calls back before each object is written. */
function watched(onPut: (key: string) => void): ObjectStore {
  const { objects } = system;
  const put: ObjectStore['put'] = async (key, chunks) => {
    onPut(key);
    await objects.put(key, chunks);
  };
  return { ...objects, put };
}

describe('ExportBuilder.runDue', () => {
  it('builds yesterday at 02:00 UTC and not before', async () => {
    await system.say(DAY_AT + 13 * HOUR_MS, 'hello');
    system.setNow(DUE_AT - 1);
    await system.builder().runDue(never);
    expect(await day()).toBeUndefined();
    system.setNow(DUE_AT);
    await system.builder().runDue(never);
    expect(Object.keys(await system.files()).toSorted()).toEqual([
      `utterances-${DAY}-hr13.csv`,
      `utterances-${DAY}-hr13.jsonl`,
      `utterances-${DAY}-hr13.parquet`,
      `utterances-${DAY}.csv`,
      NAME,
      `utterances-${DAY}.parquet`,
    ]);
    expect(spokenIn((await system.files())[NAME])).toEqual(['hello']);
    expect((await day())?.units).toHaveLength(25);
  });

  it('builds them once with two exporters running', async () => {
    for (let minute = 0; minute < 60; minute += 1)
      await system.say(DAY_AT + minute * 60_000, `minute ${minute}`);
    const written: string[] = [];
    const builders = [1, 2].map(() => system.builder({ objects: watched((key) => written.push(key)) }));
    await Promise.all(builders.map(async (builder) => await builder.runDue(never)));
    await Promise.all(builders.map(async (builder) => await builder.runDue(never)));
    expect(written).toHaveLength(new Set(written).size);
    expect(written.filter((key) => key.endsWith(`/${NAME}`))).toHaveLength(1);
    expect(await wholeDay()).toMatchObject({ revision: 1, rowCount: 60, lateRowCount: 0 });
  });

  it('builds what a builder that died in the middle left, and removes its leftovers', async () => {
    await system.say(DAY_AT, 'hello');
    const { exports } = system.storage;
    const claim = await exports.claim({ tenantId: TENANT, day: DAY }, 60_000);
    const leftover = `${dayFolder({ tenantId: TENANT, day: DAY })}/build=1/partial-1`;
    await system.objects.put(leftover, none());
    await system.builder().runDue(never);
    expect((await day())?.closedAtMs).toBeUndefined();
    await system.sql('update export_days set leased_until = clock_timestamp()');
    await system.builder().runDue(never);
    expect(spokenIn((await system.files())[NAME])).toEqual(['hello']);
    expect(await system.objects.open(leftover)).toBeUndefined();
    expect(claim && (await exports.release(claim, {}))).toBe(false);
  });

  it.each([1, 2, 4])('goes on the next time when the store fails at file %i', async (failing) => {
    await system.say(DAY_AT, 'hello');
    let count = 0;
    const objects = watched(() => {
      count += 1;
      if (count === failing) throw new Error('The disk is full');
    });
    const builder = system.builder({ objects });
    await builder.runDue(never);
    expect((await day())?.closedAtMs).toBeUndefined();
    await builder.runDue(never);
    expect(await wholeDay()).toMatchObject({ revision: 1, rowCount: 1 });
    expect((await day())?.closedAtMs).toBe(DUE_AT - 60_000);
  });

  it('makes up for three days of downtime, also for one without a word', async () => {
    await system.say(DAY_AT, 'first');
    await system.say(DAY_AT + 2 * DAY_MS, 'third');
    system.setNow(DUE_AT + 2 * DAY_MS);
    await system.builder().runDue(never);
    expect(await system.storage.exports.listDays(TENANT)).toEqual([DAY, '2026-11-21', '2026-11-22']);
    expect(await wholeDay('2026-11-21')).toMatchObject({ rowCount: 0, files: { length: 3 } });
    expect(spokenIn((await system.files('2026-11-22'))['utterances-2026-11-22.jsonl'])).toEqual(['third']);
  });

  it('leaves a manifest that tells the day as it is once it is built, first and again', async () => {
    const stateOf = async (): Promise<unknown> => {
      const key = `${dayFolder({ tenantId: TENANT, day: DAY })}/manifest.json`;
      const manifest = await system.objects.open(key);
      return JSON.parse(await new Response(manifest?.stream).text()).state;
    };
    await system.say(DAY_AT, 'in time');
    await system.builder().runDue(never);
    expect(await stateOf()).toBe('closed');
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: false },
    );
    await system.builder().runDue(never);
    expect(await stateOf()).toBe('closed');
  });

  it('puts a late utterance into the next revision and says so', async () => {
    await system.say(DAY_AT, 'in time');
    await system.builder().runDue(never);
    const before = await wholeDay();
    await system.say(DAY_AT + 1, 'late', DUE_AT);
    system.setNow(DUE_AT + HOUR_MS);
    await system.builder().runDue(never);
    expect(await wholeDay()).toMatchObject({ revision: 2, rowCount: 2, lateRowCount: 1 });
    const files = await system.files();
    expect(spokenIn(files[`utterances-${DAY}-r2.jsonl`])).toEqual(['in time', 'late']);
    expect(files[NAME]).toBeUndefined();
    const manifest = await system.objects.open(`${dayFolder({ tenantId: TENANT, day: DAY })}/manifest.json`);
    expect(JSON.parse(await new Response(manifest?.stream).text())).toMatchObject({
      state: 'closed',
      units: expect.arrayContaining([expect.objectContaining({ revision: 2, lateRowCount: 1, rowCount: 2 })]),
    });
    const old = before?.files[0]?.objectKey ?? '';
    expect(await system.objects.open(old)).toBeDefined();
    system.setNow(DUE_AT + 2 * DAY_MS);
    await system.builder().runDue(never);
    expect(await system.objects.open(old)).toBeUndefined();
  });

  it('keeps the files of a day whose messages are gone when a late one comes', async () => {
    await system.say(DAY_AT, 'old');
    await system.builder().runDue(never);
    await system.sql('delete from messages');
    await system.say(DAY_AT + 1, 'late', DUE_AT);
    system.setNow(DUE_AT + HOUR_MS);
    await system.builder().runDue(never);
    expect(await wholeDay()).toMatchObject({ revision: 1, rowCount: 1 });
    expect(await day()).toMatchObject({ hasLate: false });
  });

  it('hands out what comes late for a day that was emptied, and says so', async () => {
    await system.say(DAY_AT, 'old');
    await system.builder().runDue(never);
    await system.sql('delete from messages');
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: true },
    );
    await system.builder().runDue(never);
    await system.say(DAY_AT + 1, 'late', DUE_AT + 2 * DAY_MS);
    system.setNow(DUE_AT + 2 * DAY_MS + HOUR_MS);
    await system.builder().runDue(never);
    expect(await wholeDay()).toMatchObject({ revision: 3, rowCount: 1, lateRowCount: 1 });
    expect(spokenIn((await system.files())[`utterances-${DAY}-r3.jsonl`])).toEqual(['late']);
  });

  it('leaves no word of what was deleted after a rebuild that somebody asked for', async () => {
    await system.say(DAY_AT, 'stays');
    const deleted = await system.say(DAY_AT + 1, 'forgetme');
    await system.builder().runDue(never);
    await system.sql('delete from messages where message_id = $1', [deleted]);
    await system.say(DAY_AT + 2, 'late', DUE_AT);
    system.setNow(DUE_AT + HOUR_MS);
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: false },
    );
    await system.builder().runDue(never);
    expect(spokenIn((await system.files())[`utterances-${DAY}-r2.jsonl`])).toEqual(['stays', 'late']);
    const keys = await system.objects.list(dayFolder({ tenantId: TENANT, day: DAY }));
    const read = async (key: string) => await new Response((await system.objects.open(key))?.stream).text();
    for (const text of await Promise.all(keys.map(read))) expect(text).not.toContain('forgetme');
  });

  it('gives the same bytes under the same names when it is asked to build again', async () => {
    for (let hour = 0; hour < 24; hour += 1) await system.say(DAY_AT + hour * HOUR_MS, `hour ${hour}`);
    await system.builder().runDue(never);
    const [before, files] = [await day(), await system.files()];
    system.setNow(DUE_AT + DAY_MS);
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: false },
    );
    await system.builder().runDue(never);
    const after = await day();
    expect(after?.rebuildRequestedAtMs).toBeUndefined();
    expect(after?.units.map((unit) => unit.files)).toEqual(before?.units.map((unit) => unit.files));
    expect(await system.files()).toEqual(files);
  });

  it('writes a file anew that the store has lost', async () => {
    await system.say(DAY_AT, 'hello');
    await system.builder().runDue(never);
    const files = await system.files();
    await system.objects.delete((await wholeDay())?.files.map(({ objectKey }) => objectKey) ?? []);
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: false },
    );
    await system.builder().runDue(never);
    expect(await system.files()).toEqual(files);
  });

  it('leaves no word of what was deleted before a rebuild that purges', async () => {
    await system.say(DAY_AT, 'stays');
    const deleted = await system.say(DAY_AT + 1, 'forgetme');
    await system.builder().runDue(never);
    await system.sql('delete from messages where message_id = $1', [deleted]);
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: true },
    );
    await system.builder().runDue(never);
    expect(spokenIn((await system.files())[`utterances-${DAY}-r2.jsonl`])).toEqual(['stays']);
    const keys = await system.objects.list(dayFolder({ tenantId: TENANT, day: DAY }));
    expect(keys.filter((key) => key.includes('build=1/'))).toEqual([]);
    const read = async (key: string) => await new Response((await system.objects.open(key))?.stream).text();
    for (const text of await Promise.all(keys.map(read))) expect(text).not.toContain('forgetme');
  });

  it('builds hours as they end where that is wanted, and the day after it', async () => {
    await system.say(DAY_AT + 10 * 60_000, 'first hour');
    const builder = system.builder({ hourly: true });
    system.setNow(DAY_AT + HOUR_MS + 599_999);
    await builder.runDue(never);
    expect(await day()).toBeUndefined();
    system.setNow(DAY_AT + HOUR_MS + 600_000);
    await builder.runDue(never);
    expect(Object.keys(await system.files())).toContain(`utterances-${DAY}-hr00.jsonl`);
    await system.say(DAY_AT + 20 * 60_000, 'stored late', DAY_AT + 3 * HOUR_MS);
    system.setNow(DUE_AT - HOUR_MS);
    await builder.runDue(never);
    expect(await day()).toMatchObject({ hoursBuilt: 24, closedAtMs: undefined });
    system.setNow(DUE_AT);
    await builder.runDue(never);
    const files = await system.files();
    expect(spokenIn(files[`utterances-${DAY}-hr00-r2.jsonl`])).toEqual(['first hour', 'stored late']);
    expect(spokenIn(files[NAME])).toEqual(['first hour', 'stored late']);
  });

  it('leaves no word of what was deleted in the hours of a day that goes on', async () => {
    await system.say(DAY_AT, 'stays');
    const deleted = await system.say(DAY_AT + 1, 'forgetme');
    const builder = system.builder({ hourly: true });
    system.setNow(DAY_AT + 2 * HOUR_MS + 600_000);
    await builder.runDue(never);
    await system.sql('delete from messages where message_id = $1', [deleted]);
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: true },
    );
    await builder.runDue(never);
    expect(await day()).toMatchObject({
      closedAtMs: undefined,
      rebuildRequestedAtMs: undefined,
      hoursBuilt: 2,
    });
    const keys = await system.objects.list(dayFolder({ tenantId: TENANT, day: DAY }));
    const read = async (key: string) => await new Response((await system.objects.open(key))?.stream).text();
    for (const text of await Promise.all(keys.map(read))) expect(text).not.toContain('forgetme');
  });

  it('publishes an empty day where all of it was deleted', async () => {
    await system.say(DAY_AT, 'forgetme');
    await system.builder().runDue(never);
    await system.sql('delete from messages');
    await system.storage.exports.requestRebuild(
      { tenantId: TENANT, day: DAY },
      { atMs: DUE_AT, purge: true },
    );
    await system.builder().runDue(never);
    expect(await wholeDay()).toMatchObject({ revision: 2, rowCount: 0 });
    expect((await system.files())[`utterances-${DAY}-r2.jsonl`]).toBe('');
  });

  it('writes the redacted text only', async () => {
    const messageId = await system.say(DAY_AT, 'My PIN is ####.');
    await system.sql(`update messages set unredacted_sealed = 'My PIN is 4711.' where message_id = $1`, [
      messageId,
    ]);
    await system.builder().runDue(never);
    for (const text of Object.values(await system.files())) expect(text).not.toContain('4711');
  });

  it('stops between pages when it is told to, and leaves the day for others', async () => {
    await system.say(DAY_AT, 'hello');
    const closing = new AbortController();
    const objects = watched(() => closing.abort(new Error('Closing')));
    await expect(system.builder({ objects }).runDue(closing.signal)).rejects.toThrow('Closing');
    expect(await day()).toMatchObject({ isBuilding: false, closedAtMs: undefined });
    await system.builder().runDue(never);
    expect(spokenIn((await system.files())[NAME])).toEqual(['hello']);
  });
});

async function* none(): AsyncGenerator<Uint8Array> {}
