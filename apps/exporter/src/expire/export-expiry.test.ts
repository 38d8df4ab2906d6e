import type { ObjectStore } from '@earshot/storage/objects';
import { beforeEach, describe, expect, it } from 'vitest';
import { dayFolder, feedFolder } from '../build/build-unit.ts';
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

const system = useExporter();
const never = new AbortController().signal;
const NEXT_DAY = '2026-11-21';
/** The instant at which the day has expired where files are kept for two days. */
const EXPIRES_AT = DAY_AT + 3 * DAY_MS;
const FEED = { feed: 'utterances', version: '1', format: 'jsonl' };
beforeEach(async () => await system.reset());

const objectsOf = async (day = DAY) => await system.objects.list(dayFolder({ tenantId: TENANT, day }));
const rowCount = async (): Promise<number> =>
  (await system.sql(`select 1 from export_days where day = $1`, [DAY])).length +
  (await system.sql(`select 1 from export_units where day = $1`, [DAY])).length +
  (await system.sql(`select 1 from export_files where day = $1`, [DAY])).length;

/** Two days that are built, the first of them with two revisions; files are kept for two days and messages for 30. */
async function builtDays(): Promise<void> {
  await system.keeps({ messagesDays: 30, exportsDays: 2 });
  await system.say(DAY_AT, 'first');
  await system.say(DAY_AT + DAY_MS, 'second');
  await system.builder().runDue(never);
  await system.say(DAY_AT + 1, 'late', DUE_AT);
  system.setNow(DUE_AT + DAY_MS);
  await system.builder().runDue(never);
}

/** A store that calls back before objects are deleted. */
function watched(onDelete: (keys: readonly string[]) => void): ObjectStore {
  const { objects } = system;
  const erase: ObjectStore['delete'] = async (keys) => {
    onDelete(keys);
    await objects.delete(keys);
  };
  return { ...objects, delete: erase };
}

describe('ExportExpiry.eraseExpired', () => {
  it('erases every revision of a day with its rows, once the whole day is too old, and nothing else', async () => {
    await builtDays();
    const expiry = system.expiry();
    const kept = await objectsOf(NEXT_DAY);
    system.setNow(EXPIRES_AT - 1);
    await expiry.eraseExpired(never);
    expect((await objectsOf()).some((key) => key.endsWith(`${DAY}-r2.jsonl`))).toBe(true);
    expect(await expiry.erasedCount()).toBe(0);
    system.setNow(EXPIRES_AT);
    await expiry.eraseExpired(never);
    expect(await objectsOf()).toEqual([]);
    expect(await rowCount()).toBe(0);
    expect(await objectsOf(NEXT_DAY)).toEqual(kept);
    expect(await system.storage.exports.listDays(TENANT)).toContain(NEXT_DAY);
    expect(await expiry.erasedCount()).toBe(1);
    await expiry.eraseExpired(never);
    expect(await expiry.erasedCount()).toBe(1);
  });

  it('goes by the days of messages where none were chosen for exports', async () => {
    await system.say(DAY_AT, 'hello');
    await system.builder().runDue(never);
    system.setNow(DAY_AT + 8 * DAY_MS - 1);
    await system.expiry().eraseExpired(never);
    expect(await rowCount()).toBeGreaterThan(0);
    system.setNow(DAY_AT + 8 * DAY_MS);
    await system.expiry().eraseExpired(never);
    expect([await rowCount(), await objectsOf()]).toEqual([0, []]);
  });

  it('erases what a conversation on hold said from the files, which is read on where messages are', async () => {
    await builtDays();
    await system.storage.retention.placeHold({
      tenantId: TENANT,
      externalId: 'guid',
      placedBy: 'k',
      atMs: 0,
    });
    system.setNow(EXPIRES_AT);
    await system.expiry().eraseExpired(never);
    expect(await objectsOf()).toEqual([]);
    const page = await system.storage.messages.listByExternalId({
      tenantId: TENANT,
      externalId: 'guid',
      limit: 10,
    });
    expect(page?.items.map(({ text }) => text)).toEqual(['first', 'late', 'second']);
  });

  it('has a day erased once where two look at the same time', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT);
    const deleted: string[] = [];
    const both = [1, 2].map(() => system.expiry({ objects: watched((keys) => deleted.push(...keys)) }));
    await Promise.all(both.map((expiry) => expiry.eraseExpired(never)));
    const counts = await Promise.all(both.map((expiry) => expiry.erasedCount()));
    expect(counts.toSorted((one, other) => one - other)).toEqual([0, 1]);
    expect(deleted).toHaveLength(new Set(deleted).size);
    expect(await rowCount()).toBe(0);
  });

  it('is handed out to nobody while the objects cannot be deleted, and is erased the next time', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT);
    const away = watched(() => {
      throw new Error('The store is away');
    });
    const expiry = system.expiry({ objects: away });
    await expiry.eraseExpired(never);
    expect(await expiry.erasedCount()).toBe(0);
    // Whatever is chosen meanwhile: an erasure that began comes to its end.
    await system.keeps({ messagesDays: 30 });
    expect(await system.storage.exports.listDays(TENANT)).toEqual([NEXT_DAY]);
    await system.builder().runDue(never);
    expect(await system.storage.exports.listDays(TENANT)).toEqual([NEXT_DAY]);
    await system.sql('update export_days set leased_until = clock_timestamp()');
    await system.expiry().eraseExpired(never);
    expect([await rowCount(), await objectsOf()]).toEqual([0, []]);
  });

  it('goes on where a process was killed between two objects', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT);
    const [first = ''] = await objectsOf();
    await system.storage.exports.claimExpired(
      { tenantId: TENANT, day: DAY },
      { nowMs: EXPIRES_AT, leaseMs: 60_000 },
    );
    await system.objects.delete([first]);
    await system.expiry().eraseExpired(never);
    expect(await rowCount()).toBeGreaterThan(0);
    await system.sql('update export_days set leased_until = clock_timestamp()');
    const expiry = system.expiry();
    await expiry.eraseExpired(never);
    expect([await rowCount(), await objectsOf(), await expiry.erasedCount()]).toEqual([0, [], 1]);
  });

  it('stops between two days when it is told to', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT + DAY_MS);
    const closing = new AbortController();
    const expiry = system.expiry({ objects: watched(() => closing.abort(new Error('Closing'))) });
    await expect(expiry.eraseExpired(closing.signal)).rejects.toThrow('Closing');
    expect(await objectsOf(NEXT_DAY)).not.toEqual([]);
    expect(await rowCount()).toBeGreaterThan(0);
  });

  it('erases what a builder that stood still wrote after its day was erased', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT);
    await system.expiry().eraseExpired(never);
    const kept = await objectsOf(NEXT_DAY);
    await system.objects.put(`${dayFolder({ tenantId: TENANT, day: DAY })}/build=1/late.jsonl`, oneChunk());
    await system.objects.put(`${feedFolder(TENANT)}/other/file`, oneChunk());
    const expiry = system.expiry();
    await expiry.eraseExpired(never);
    expect(await system.objects.list(feedFolder(TENANT))).toEqual(
      [...kept, `${feedFolder(TENANT)}/other/file`].toSorted(),
    );
    expect(await expiry.erasedCount()).toBe(0);
  });
});

describe('A day that has expired', () => {
  it('is not built any more, by the schedule or by who found it due before', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT);
    await system.expiry().eraseExpired(never);
    await system.builder().runDue(never);
    const { exports } = system.storage;
    const stale = { ...exports, listDue: async () => [{ tenantId: TENANT, day: DAY }] };
    await system.builder({ exports: stale }).runDue(never);
    expect(await objectsOf()).toEqual([]);
    expect(await exports.listDays(TENANT)).toEqual([NEXT_DAY]);
    await system.expiry().eraseExpired(never);
    expect(await rowCount()).toBe(0);
  });

  it('is made up for after downtime only where it is kept', async () => {
    await system.keeps({ messagesDays: 30, exportsDays: 2 });
    for (const days of [0, 1, 2]) await system.say(DAY_AT + days * DAY_MS, `day ${days}`);
    system.setNow(EXPIRES_AT + 2 * HOUR_MS);
    await system.builder().runDue(never);
    expect(await system.storage.exports.listDays(TENANT)).toEqual([NEXT_DAY, '2026-11-22']);
    expect(await objectsOf()).toEqual([]);
  });

  it('is built again by hand once more is kept, from what is stored then', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT + 2 * HOUR_MS);
    await system.expiry().eraseExpired(never);
    await system.keeps({ messagesDays: 30, exportsDays: 4 });
    await system.builder().runDue(never);
    expect(await system.storage.exports.listDays(TENANT)).toEqual([NEXT_DAY, '2026-11-22']);
    expect(await system.app(['admin']).ask(`/earshot/v1/exports/${DAY}/rebuild`)).toMatchObject({
      status: 202,
    });
    await system.builder().runDue(never);
    expect(spokenIn((await system.files())[`utterances-${DAY}.jsonl`])).toEqual(['first', 'late']);
  });

  it('is named by none of the calls, though its files are not erased yet', async () => {
    await builtDays();
    const { call, app, headers } = system.app();
    const onDay = { ...FEED, date: DAY };
    const fileName = `utterances-${DAY}-r2.jsonl`;
    expect(await call('listfeeddates', FEED)).toMatchObject({ answer: { dates: [DAY, NEXT_DAY] } });
    expect(await call('getfeedfile', { ...onDay, fileName })).toMatchObject({ status: 200 });
    system.setNow(EXPIRES_AT);
    expect(await call('listfeeddates', FEED)).toMatchObject({ answer: { dates: [NEXT_DAY] } });
    for (const [name, asked] of [
      ['listfeedintervals', onDay],
      ['listfeedfiles', onDay],
      ['getfeedfile', { ...onDay, fileName }],
    ] as const) {
      expect(await call(name, asked)).toMatchObject({
        status: 422,
        answer: { error: { code: '422-01', message: `/date must be one of ${NEXT_DAY}` } },
      });
    }
    const manifest = await app.request(`/earshot/v1/exports/${DAY}`, { headers });
    expect(manifest.status).toBe(404);
    expect(await manifest.json()).toMatchObject({
      code: '404-01',
      detail: `The files of days before ${NEXT_DAY} have expired`,
    });
  });

  it('is not built by hand: 422-01 names the first day that is', async () => {
    await builtDays();
    system.setNow(EXPIRES_AT);
    const { ask, wakes } = system.app(['admin']);
    expect(await ask(`/earshot/v1/exports/${DAY}/rebuild`)).toMatchObject({
      status: 422,
      answer: {
        code: '422-01',
        detail: `/date must be ${NEXT_DAY} or later: the files of days before it have expired`,
      },
    });
    expect(wakes).toEqual([]);
    expect(await ask(`/earshot/v1/exports/${NEXT_DAY}/rebuild`)).toMatchObject({ status: 202 });
  });
});

async function* oneChunk(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('words');
}
