import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import {
  leaseCall,
  newAccount,
  startCall,
  startInput,
  useStorage,
  utterance,
} from '../../testing/fixture.ts';
import type { Account } from '../../testing/fixture.ts';

const fixture = useStorage();
const { sql } = fixture;

const DAY_MS = 86_400_000;
const TODAY = Date.now() - (Date.now() % DAY_MS);
const KEPT_DAYS = 7;
/** Each test has days of its own, after those of the tests before. */
let nextDay = TODAY;

/** A day with tables for the next three. */
async function newDays(): Promise<number> {
  const day = nextDay;
  nextDay += 20 * DAY_MS;
  await fixture.storage.messageDays.makeAhead(day);
  return day;
}

/** An ended call with two messages that began at an instant. */
async function callAt(account: Account, acceptedAtMs: number) {
  const session = await startCall(fixture.storage, startInput(account, { acceptedAtMs }));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  for (const fromSample of [0, 8000]) {
    await fixture.storage.calls.commitUtterance(utterance(session, leaseEpoch, fromSample));
  }
  await sql(`update call_sessions set state = 'ended' where session_id = $1`, [session.sessionId]);
  return session;
}

async function tablesOf(conversationId: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    'select distinct tableoid::regclass::text as name from messages where conversation_id = $1',
    [conversationId],
  );
  return rows.map(({ name }) => name);
}

const nameOf = (atMs: number) => `messages_${new Date(atMs).toISOString().slice(0, 10).replaceAll('-', '')}`;
const afterKept = (dayAtMs: number) => dayAtMs + (KEPT_DAYS + 1) * DAY_MS;

describe('MessageDays.makeAhead', () => {
  it('makes the days to come, once, in however many processes', async () => {
    const day = await newDays();
    const { messageDays } = fixture.storage;
    await Promise.all([1, 2, 3].map(() => messageDays.makeAhead(day + DAY_MS)));
    const account = await newAccount(fixture);
    for (const ahead of [1, 2, 3, 4]) {
      for (const atMs of [day + ahead * DAY_MS, day + (ahead + 1) * DAY_MS - 1]) {
        const { conversationId } = await callAt(account, atMs);
        expect(await tablesOf(conversationId)).toEqual([nameOf(atMs)]);
      }
    }
  });

  it('has the planner keep no samples of what was said on any day', async () => {
    const day = await newDays();
    await fixture.storage.messageDays.makeAhead(day + DAY_MS);
    const sampled = await fixture.sql(
      `select attrelid::regclass from pg_attribute join pg_inherits on inhrelid = attrelid
       where inhparent = 'messages'::regclass and attname in ('text', 'sender_external_id')
         and attstattarget is distinct from 0`,
    );
    expect(sampled).toEqual([]);
  });

  it('takes over what was stored of a day before it had its table', async () => {
    const day = await newDays();
    const account = await newAccount(fixture);
    const early = await callAt(account, day + 4 * DAY_MS + 5);
    expect(await tablesOf(early.conversationId)).toEqual(['messages_rest']);
    await fixture.storage.messageDays.makeAhead(day + DAY_MS);
    expect(await tablesOf(early.conversationId)).toEqual([nameOf(day + 4 * DAY_MS)]);
    const page = await fixture.storage.messages.listByExternalId({
      tenantId: account.tenantId,
      externalId: early.guid,
      limit: 10,
    });
    expect(page?.items).toHaveLength(2);
  });

  it('keeps an id that is stored from being stored again, and takes messages with their conversation', async () => {
    const day = await newDays();
    const account = await newAccount(fixture);
    const { conversationId } = await callAt(account, day + DAY_MS);
    const again = 'insert into messages select * from messages where conversation_id = $1';
    await expect(sql(again, [conversationId])).rejects.toMatchObject({ code: '23505' });
    await sql('delete from conversations where conversation_id = $1', [conversationId]);
    expect(await tablesOf(conversationId)).toEqual([]);
  });
});

describe('MessageDays.dropExpired', () => {
  it('drops a day once all of it has expired, and leaves the conversations to be erased', async () => {
    const day = await newDays();
    const { messageDays, messages, retention } = fixture.storage;
    const account = await newAccount(fixture);
    const calls = [await callAt(account, day + DAY_MS), await callAt(account, day + 2 * DAY_MS - 1)];
    const next = await callAt(account, day + 2 * DAY_MS);
    await messageDays.dropExpired(afterKept(day + DAY_MS) - 1);
    expect(await tablesOf(calls[0]?.conversationId ?? '')).toHaveLength(1);

    expect(await messageDays.dropExpired(afterKept(day + DAY_MS))).toMatchObject({ messages: 4 });

    for (const { conversationId } of calls) expect(await tablesOf(conversationId)).toEqual([]);
    expect(await tablesOf(next.conversationId)).toHaveLength(1);
    expect(await messageDays.dropExpired(afterKept(day + DAY_MS))).toEqual({ days: 0, messages: 0 });
    const { tenantId } = account;
    const erased = await retention.eraseExpired({ tenantId, nowMs: afterKept(day + DAY_MS), limit: 100 });
    expect(erased).toMatchObject({ conversations: 2, sessions: 2, messages: 0 });
    const { guid } = next;
    expect((await messages.listByExternalId({ tenantId, externalId: guid, limit: 9 }))?.items).toHaveLength(
      2,
    );
  });

  it('drops each day once in however many processes', async () => {
    const day = await newDays();
    const { messageDays } = fixture.storage;
    await messageDays.makeAhead(day + 3 * DAY_MS);
    const account = await newAccount(fixture);
    for (let ahead = 1; ahead <= 6; ahead += 1) await callAt(account, day + ahead * DAY_MS);
    await messageDays.dropExpired(afterKept(day));
    const processes = Array.from({ length: 6 }, () => messageDays.dropExpired(afterKept(day + 6 * DAY_MS)));
    const dropped = await Promise.all(processes);
    const last = await messageDays.dropExpired(afterKept(day + 6 * DAY_MS));
    const all = [...dropped, last];
    expect(all.reduce((sum, { days }) => sum + days, 0)).toBe(6);
    expect(all.reduce((sum, { messages }) => sum + messages, 0)).toBe(12);
  });

  const keepers: readonly {
    readonly given: string;
    readonly keep: (
      account: Account,
      conversationId: string,
      guid: string,
      dayAtMs: number,
    ) => Promise<unknown>;
  }[] = [
    {
      given: 'a conversation of it is held',
      keep: ({ tenantId }, _, guid) =>
        fixture.storage.retention.placeHold({ tenantId, externalId: guid, placedBy: 'key', atMs: TODAY }),
    },
    {
      given: 'a conversation of it went on for longer',
      keep: (_, conversationId, __, dayAtMs) =>
        sql('update conversations set last_activity_at = $2 where conversation_id = $1', [
          conversationId,
          new Date(dayAtMs + DAY_MS),
        ]),
    },
    {
      given: 'a conversation of it has a recording still',
      keep: ({ tenantId }, conversationId) =>
        sql(
          `insert into recordings (tenant_id, session_id, conversation_id, state, started_at, created_at, recorded_to_ms)
           values ($1, gen_random_uuid(), $2, 'failed', now(), now(), 1000)`,
          [tenantId, conversationId],
        ),
    },
    {
      given: 'a call of it has not ended',
      keep: (_, conversationId) =>
        sql(`update call_sessions set state = 'stopping' where conversation_id = $1`, [conversationId]),
    },
  ];
  for (const { given, keep } of keepers) {
    it(`keeps a day of which ${given}`, async () => {
      const day = await newDays();
      const account = await newAccount(fixture);
      await callAt(await newAccount(fixture), day + DAY_MS);
      const kept = await callAt(account, day + DAY_MS + 1);
      await keep(account, kept.conversationId, kept.guid, day + DAY_MS);
      await fixture.storage.messageDays.dropExpired(afterKept(day + DAY_MS));
      expect(await tablesOf(kept.conversationId)).toEqual([nameOf(day + DAY_MS)]);
    });
  }

  it('fails no commit that is made meanwhile', async () => {
    const day = await newDays();
    const { messageDays, calls } = fixture.storage;
    const account = await newAccount(fixture);
    const session = await startCall(fixture.storage, startInput(account, { acceptedAtMs: day + 3 * DAY_MS }));
    const { leaseEpoch } = await leaseCall(fixture.storage, session);
    const changes = (async () => {
      for (let ahead = 1; ahead <= 10; ahead += 1) {
        await callAt(account, day + DAY_MS);
        await messageDays.makeAhead(day + ahead * DAY_MS);
        await messageDays.dropExpired(afterKept(day + ahead * DAY_MS));
      }
      return 'changed';
    })();
    for (let from = 0; from < 200 * 8000; from += 8000) {
      expect(await calls.commitUtterance(utterance(session, leaseEpoch, from))).toMatchObject({
        type: 'committed',
      });
    }
    expect(await changes).toBe('changed');
    const [row] = await sql<{ count: number }>(
      'select count(*)::integer as count from messages where conversation_id = $1',
      [session.conversationId],
    );
    expect(row?.count).toBe(200);
  });

  it('gives up at once when the messages are in use, and leaves them readable', async () => {
    const day = await newDays();
    const { conversationId } = await callAt(await newAccount(fixture), day + DAY_MS);
    const user = new Client({ connectionString: fixture.databaseUrl });
    await user.connect();
    await user.query('begin');
    await user.query('select from messages');
    await expect(fixture.storage.messageDays.dropExpired(afterKept(day + DAY_MS))).rejects.toMatchObject({
      code: 'storage.conflict',
      retryable: true,
    });
    expect(await tablesOf(conversationId)).toHaveLength(1);
    await user.end();
    expect(await fixture.storage.messageDays.dropExpired(afterKept(day + DAY_MS))).toMatchObject({
      messages: 2,
    });
  });

  it('keeps a day for the tenant that keeps messages the longest, and then makes no days', async () => {
    const day = await newDays();
    const { messageDays, retention } = fixture.storage;
    const patient = await newAccount(fixture);
    const { conversationId } = await callAt(await newAccount(fixture), day + DAY_MS);
    const settings = { messagesDays: 63, deliveriesDays: 7, auditDays: 365 };
    await retention.putSettings(patient.tenantId, settings, TODAY);
    await messageDays.dropExpired(afterKept(day + DAY_MS));
    expect(await tablesOf(conversationId)).toHaveLength(1);
    await newDays();
    const later = await callAt(patient, nextDay - 19 * DAY_MS);
    expect(await tablesOf(later.conversationId)).toEqual(['messages_rest']);
  });
});
