import { describe, expect, it } from 'vitest';
import type { BuiltExportUnit, ExportClaim } from '../../stores/exports.ts';
import { newAccount, useStorage, type Account } from '../../testing/fixture.ts';

const fixture = useStorage();
const DAY_MS = 86_400_000;
const DAY = '2026-11-20';
const DAY_AT = Date.UTC(2026, 10, 20);
const CLOSED_AT = DAY_AT + DAY_MS + 7_200_000;
/** Until then nothing of the day has expired where messages are kept for 7 days. */
const NOW = DAY_AT + 3 * DAY_MS;

/** A message spoken and stored at these instants. */
async function say(account: Account, spokenAtMs: number, storedAtMs = spokenAtMs + 1000): Promise<void> {
  const conversation = [account.tenantId, 'CALL'];
  await fixture.sql(
    `insert into conversations values ($1, $2, 'guid', 'c', 'a', now(), now()) on conflict do nothing`,
    conversation,
  );
  await fixture.sql(
    `insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
     values ($1, $2, $3, 0, 'words', $4, $5)`,
    [...conversation, `M${spokenAtMs}X${storedAtMs}`, new Date(spokenAtMs), new Date(storedAtMs)],
  );
}

async function dueOf(account: Account, change: object = {}) {
  const query = {
    nowMs: NOW,
    throughDay: '2026-11-22',
    emptyFromDay: '2026-11-01',
    storedBeforeMs: CLOSED_AT + 10 * DAY_MS,
    hours: [],
    limit: 1000,
  };
  const due = await fixture.storage.exports.listDue({ ...query, ...change });
  return due.filter(({ tenantId }) => tenantId === account.tenantId).map(({ day }) => day);
}

/** Days of messages, and those of exports where they are others. */
async function keeps(account: Account, messagesDays: number, exportsDays?: number): Promise<void> {
  const settings = { messagesDays, deliveriesDays: 7, auditDays: 365 };
  const chosen = exportsDays === undefined ? settings : { ...settings, exportsDays };
  await fixture.storage.retention.putSettings(account.tenantId, chosen, NOW);
}

async function claimed(account: Account, day = DAY): Promise<ExportClaim> {
  const claim = await fixture.storage.exports.claim({ tenantId: account.tenantId, day }, 60_000);
  if (claim === undefined) throw new Error('Cannot claim the day of the test');
  return claim;
}

async function built(account: Account, day = DAY): Promise<void> {
  const claim = await claimed(account, day);
  await fixture.storage.exports.release(claim, { hoursBuilt: 24, closedAtMs: CLOSED_AT });
}

/** As an exporter does it after the objects of the day. */
async function erased({ tenantId }: Account): Promise<void> {
  const { exports } = fixture.storage;
  const claim = await exports.claimExpired({ tenantId, day: DAY }, { nowMs: NOW, leaseMs: 60_000 });
  if (claim === undefined) throw new Error('Cannot erase the day of the test: it is kept');
  await exports.forgetDay(claim);
}

function unit(change: Partial<BuiltExportUnit> = {}): BuiltExportUnit {
  const { revision = 1, hour } = change;
  const fileName = `utterances-${DAY}${hour === undefined ? '' : `-hr${hour}`}-r${revision}.jsonl`;
  const sha256 = 'a'.repeat(64);
  const file = { format: 'jsonl', fileName, rowCount: 3, byteCount: 300, sha256 };
  return {
    hour,
    revision,
    closedAtMs: CLOSED_AT,
    rowCount: 3,
    lateRowCount: 0,
    files: [{ ...file, objectKey: `${Math.random()}/${fileName}` }],
    ...change,
  };
}

describe('ExportStore.listDue', () => {
  it('is every day since the first utterance, also without one, until it is closed', async () => {
    const account = await newAccount(fixture);
    expect(await dueOf(account)).toEqual([]);
    await say(account, DAY_AT);
    await say(account, DAY_AT + 2 * DAY_MS + DAY_MS - 1);
    expect(await dueOf(account)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
    await fixture.storage.exports.release(await claimed(account), { hoursBuilt: 24, closedAtMs: CLOSED_AT });
    expect(await dueOf(account)).toEqual(['2026-11-21', '2026-11-22']);
  });

  it('leaves out empty days of long ago', async () => {
    const account = await newAccount(fixture);
    await keeps(account, 3650);
    await say(account, Date.UTC(2019, 0, 5));
    expect(await dueOf(account, { emptyFromDay: '2026-11-21' })).toEqual([
      '2019-01-05',
      '2026-11-21',
      '2026-11-22',
    ]);
  });

  it('leaves out a day that somebody builds until the lease runs out', async () => {
    const account = await newAccount(fixture);
    await say(account, DAY_AT);
    await claimed(account);
    expect(await dueOf(account, { throughDay: DAY })).toEqual([]);
    await fixture.sql(`update export_days set leased_until = now() - interval '1 s' where tenant_id = $1`, [
      account.tenantId,
    ]);
    expect(await dueOf(account, { throughDay: DAY })).toEqual([DAY]);
  });

  it('names a closed day again once a late utterance was stored', async () => {
    const account = await newAccount(fixture);
    await say(account, DAY_AT);
    await fixture.storage.exports.release(await claimed(account), { hoursBuilt: 24, closedAtMs: CLOSED_AT });
    const through = { throughDay: DAY };
    expect(await dueOf(account, through)).toEqual([]);
    await say(account, DAY_AT + 5000, CLOSED_AT);
    expect(await dueOf(account, { ...through, storedBeforeMs: CLOSED_AT })).toEqual([]);
    expect(await dueOf(account, through)).toEqual([DAY]);
    const read = await fixture.storage.exports.readDay(account.tenantId, DAY);
    expect(read).toMatchObject({ hasLate: true, closedAtMs: CLOSED_AT });
  });

  it('names a day whose hours are over', async () => {
    const account = await newAccount(fixture);
    await say(account, DAY_AT);
    const hours = { throughDay: '2026-11-19', hours: [{ day: DAY, count: 3 }] };
    expect(await dueOf(account, hours)).toEqual([DAY]);
    await fixture.storage.exports.release(await claimed(account), { hoursBuilt: 3 });
    expect(await dueOf(account, hours)).toEqual([]);
  });
});

describe('ExportStore.firstKeptDay', () => {
  it.each<{ given: readonly [messagesDays: number, exportsDays?: number]; want: string }>([
    { given: [7], want: '2026-11-16' },
    { given: [7, 2], want: '2026-11-21' },
    { given: [2, 7], want: '2026-11-21' },
    { given: [30, 30], want: '2026-10-24' },
  ])('is $want where $given are the days of messages and exports', async ({ given, want }) => {
    const account = await newAccount(fixture);
    const { exports } = fixture.storage;
    expect(await exports.firstKeptDay(account.tenantId, NOW)).toBe('2026-11-16');
    await keeps(account, ...given);
    expect(await exports.firstKeptDay(account.tenantId, NOW)).toBe(want);
    expect(await exports.firstKeptDay(account.tenantId, NOW + DAY_MS - 1)).toBe(want);
  });
});

describe('ExportStore.listDue of days that have expired', () => {
  it('is none, whether they were never built, had late utterances, or were asked for', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { exports } = fixture.storage;
    for (const days of [0, 1, 2]) await say(account, DAY_AT + days * DAY_MS);
    await exports.release(await claimed(account), { hoursBuilt: 24, closedAtMs: CLOSED_AT });
    await say(account, DAY_AT + 5000, CLOSED_AT);
    await exports.requestRebuild({ tenantId, day: '2026-11-21' }, { atMs: CLOSED_AT, purge: false });
    expect(await dueOf(account)).toEqual([DAY, '2026-11-21', '2026-11-22']);
    await keeps(account, 30, 1);
    expect(await dueOf(account)).toEqual(['2026-11-22']);
    expect(await dueOf(account, { nowMs: NOW + DAY_MS })).toEqual([]);
  });

  it('is still none once the tenant keeps more, but for what was never built and what is asked for', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const { exports } = fixture.storage;
    await say(account, DAY_AT);
    await built(account);
    await keeps(account, 30, 1);
    await erased(account);
    await keeps(account, 30);
    expect(await dueOf(account)).toEqual(['2026-11-21', '2026-11-22']);
    await exports.requestRebuild({ tenantId, day: DAY }, { atMs: CLOSED_AT, purge: false });
    expect(await dueOf(account)).toEqual([DAY, '2026-11-21', '2026-11-22']);
  });

  it('goes on with days on which nothing was said after all that was said is gone', async () => {
    const account = await newAccount(fixture);
    await say(account, DAY_AT);
    await built(account);
    await keeps(account, 1);
    await fixture.sql('delete from messages where tenant_id = $1', [account.tenantId]);
    await erased(account);
    expect(await dueOf(account)).toEqual(['2026-11-22']);
  });
});

describe('ExportStore.claimExpired', () => {
  const expired = { nowMs: NOW + 5 * DAY_MS, leaseMs: 60_000 };
  const listed = async (account: Account, nowMs = expired.nowMs) =>
    (await fixture.storage.exports.listExpired({ nowMs, limit: 1000 })).filter(
      ({ tenantId }) => tenantId === account.tenantId,
    );

  it('takes a day from everybody, and forgetting it leaves no row', async () => {
    const account = await newAccount(fixture);
    const { exports } = fixture.storage;
    const day = { tenantId: account.tenantId, day: DAY };
    const building = await claimed(account);
    await exports.saveUnit(building, unit(), CLOSED_AT);
    expect(await listed(account)).toEqual([]);
    expect(await exports.claimExpired(day, expired)).toBeUndefined();
    await exports.release(building, { hoursBuilt: 24, closedAtMs: CLOSED_AT });
    expect(await listed(account, NOW)).toEqual([]);
    expect(await exports.claimExpired(day, { ...expired, nowMs: NOW })).toBeUndefined();
    expect(await listed(account)).toEqual([day]);
    const claims = await Promise.all(Array.from({ length: 8 }, () => exports.claimExpired(day, expired)));
    const [claim, ...others] = claims.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(await listed(account)).toEqual([]);
    expect(await exports.listDays(day.tenantId)).toEqual([]);
    expect(await exports.readDay(day.tenantId, DAY)).toBeUndefined();
    expect(await exports.claim(day, 60_000)).toBeUndefined();
    expect(claim && (await exports.forgetDay(claim))).toBe(true);
    expect(claim && (await exports.forgetDay(claim))).toBe(false);
    for (const table of ['export_days', 'export_units', 'export_files']) {
      expect(await fixture.sql(`select 1 from ${table} where tenant_id = $1`, [day.tenantId])).toEqual([]);
    }
  });

  it('goes on with what was broken off, also where the tenant keeps more by then', async () => {
    const account = await newAccount(fixture);
    const { exports } = fixture.storage;
    const day = { tenantId: account.tenantId, day: DAY };
    await built(account);
    const lost = await exports.claimExpired(day, expired);
    await fixture.sql('update export_days set leased_until = now() where tenant_id = $1', [day.tenantId]);
    await keeps(account, 3650);
    expect(await exports.listDays(day.tenantId)).toEqual([]);
    expect(await dueOf(account)).not.toContain(DAY);
    expect(await listed(account)).toEqual([day]);
    const held = await exports.claimExpired(day, expired);
    expect(lost && (await exports.forgetDay(lost))).toBe(false);
    expect(held && (await exports.forgetDay(held))).toBe(true);
    expect(await listed(account)).toEqual([]);
  });

  it('lists what failed after what was never tried', async () => {
    const account = await newAccount(fixture);
    const { tenantId } = account;
    for (const day of ['2026-11-19', DAY]) await built(account, day);
    await fixture.storage.exports.claimExpired({ tenantId, day: '2026-11-19' }, expired);
    await fixture.sql('update export_days set leased_until = now() where tenant_id = $1 and erasing', [
      tenantId,
    ]);
    expect((await listed(account)).map(({ day }) => day)).toEqual([DAY, '2026-11-19']);
  });
});

describe('ExportStore.claim', () => {
  it('gives a day to one of many who ask at once', async () => {
    const account = await newAccount(fixture);
    const day = { tenantId: account.tenantId, day: DAY };
    const claims = await Promise.all(
      Array.from({ length: 8 }, async () => await fixture.storage.exports.claim(day, 60_000)),
    );
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it('fences off a builder whose lease ran out', async () => {
    const account = await newAccount(fixture);
    const { exports } = fixture.storage;
    const lost = await claimed(account);
    await fixture.sql(`update export_days set leased_until = now() where tenant_id = $1`, [account.tenantId]);
    const held = await claimed(account);
    expect(await exports.extend(lost, { leaseMs: 60_000, rowsWritten: 1 })).toBe(false);
    expect(await exports.saveUnit(lost, unit(), CLOSED_AT)).toBe(false);
    expect(await exports.release(lost, { closedAtMs: CLOSED_AT })).toBe(false);
    expect(await exports.extend(held, { leaseMs: 60_000, rowsWritten: 7 })).toBe(true);
    expect(await exports.readDay(account.tenantId, DAY)).toMatchObject({
      isBuilding: true,
      rowsWritten: 7,
      units: [],
    });
  });
});

describe('ExportStore.saveUnit', () => {
  it('hands out the newest revision and keeps the one before until it is forgotten', async () => {
    const account = await newAccount(fixture);
    const { exports } = fixture.storage;
    const claim = await claimed(account);
    const [first, second] = [unit(), unit({ revision: 2, lateRowCount: 1 })];
    await exports.saveUnit(claim, first, CLOSED_AT);
    await exports.saveUnit(claim, second, CLOSED_AT + 1);
    const read = await exports.readDay(account.tenantId, DAY);
    expect(read?.units).toEqual([{ ...second, builtAtMs: CLOSED_AT + 1 }]);
    const oldName = first.files[0]?.fileName ?? '';
    expect(await exports.findFile(account.tenantId, DAY, oldName)).toEqual({
      ...first.files[0],
      hour: undefined,
    });
    const day = { tenantId: account.tenantId, day: DAY };
    const superseded = await exports.listSuperseded({ supersededBeforeMs: CLOSED_AT + 2, day, limit: 10 });
    expect(superseded).toEqual(first.files.map(({ objectKey }) => objectKey));
    await exports.forgetFiles(superseded);
    expect(await exports.findFile(account.tenantId, DAY, oldName)).toBeUndefined();
    expect(await exports.listObjectKeys(account.tenantId, DAY)).toEqual(
      second.files.map((file) => file.objectKey),
    );
  });
});

describe('ExportStore.requestRebuild', () => {
  it('is due until it was done; one asked for meanwhile stays', async () => {
    const account = await newAccount(fixture);
    await keeps(account, 30);
    const { exports } = fixture.storage;
    const day = { tenantId: account.tenantId, day: '2026-11-05' };
    await exports.requestRebuild(day, { atMs: CLOSED_AT, purge: true });
    expect(await dueOf(account, { throughDay: '2026-11-01' })).toEqual(['2026-11-05']);
    const claim = await claimed(account, day.day);
    await exports.requestRebuild(day, { atMs: CLOSED_AT, purge: false });
    await exports.release(claim, { closedAtMs: CLOSED_AT, rebuildRequestedAtMs: CLOSED_AT });
    const again = await exports.readDay(day.tenantId, day.day);
    expect(again).toMatchObject({ rebuildRequestedAtMs: CLOSED_AT + 1, rebuildPurges: true });
    await exports.release(await claimed(account, day.day), { rebuildRequestedAtMs: CLOSED_AT + 1 });
    expect(await exports.readDay(day.tenantId, day.day)).toMatchObject({ rebuildPurges: false });
    expect(await exports.listDays(day.tenantId)).toEqual(['2026-11-05']);
  });
});

describe('UtteranceStore.listSpoken', () => {
  it.each([1, 2, 3, 7])('goes through a day in pages of %i, none twice, others left out', async (limit) => {
    const account = await newAccount(fixture);
    const spokenAt = [0, 0, 500, 500, 60_000, DAY_MS - 1].map((offsetMs) => DAY_AT + offsetMs);
    for (const [index, atMs] of spokenAt.entries()) await say(account, atMs, atMs + 1000 + index);
    await say(account, DAY_AT - 1);
    await say(account, DAY_AT + DAY_MS);
    await say(account, DAY_AT + 70_000, CLOSED_AT);
    const query = {
      tenantId: account.tenantId,
      fromMs: DAY_AT,
      toMs: DAY_AT + DAY_MS,
      storedBeforeMs: CLOSED_AT,
      limit,
    };
    const seen: number[] = [];
    for (let after = undefined as Parameters<typeof fixture.storage.utterances.listSpoken>[0]['after']; ;) {
      const page = await fixture.storage.utterances.listSpoken({ ...query, ...(after && { after }) });
      seen.push(...page.map(({ clientTimestampMs }) => clientTimestampMs));
      after = page.at(-1);
      if (page.length < limit) break;
    }
    expect(seen).toEqual(spokenAt);
  });
});
