import { describe, expect, it } from 'vitest';
import type { BuiltExportUnit, ExportClaim } from '../stores/exports.ts';
import { newAccount, useStorage, type Account } from '../testing/fixture.ts';

const fixture = useStorage();
const DAY_MS = 86_400_000;
const DAY = '2026-11-20';
const DAY_AT = Date.UTC(2026, 10, 20);
const CLOSED_AT = DAY_AT + DAY_MS + 7_200_000;

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
    throughDay: '2026-11-22',
    emptyFromDay: '2026-11-01',
    storedBeforeMs: CLOSED_AT + 10 * DAY_MS,
    hours: [],
    limit: 1000,
  };
  const due = await fixture.storage.exports.listDue({ ...query, ...change });
  return due.filter(({ tenantId }) => tenantId === account.tenantId).map(({ day }) => day);
}

async function claimed(account: Account, day = DAY): Promise<ExportClaim> {
  const claim = await fixture.storage.exports.claim({ tenantId: account.tenantId, day }, 60_000);
  if (claim === undefined) throw new Error('Cannot claim the day of the test');
  return claim;
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
