import type { ErasureReceipt, RetentionCounts } from '@earshot/api';
import type { NodeProcess } from '@earshot/scripted-ingest';
import { recordingFolder } from '@earshot/storage/objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepCall, MESSAGES, PARTS, type KeptCall } from '../erasure-kill/kept-call.ts';
import { startKillableSystem, type KillableSystem } from '../erasure-kill/killable-system.ts';
import type { KeptText } from '../store-dump.ts';
import { createWordTrail } from '../word-trail.ts';
import { dayOf, makePastDays, tableOf } from './past-days.ts';

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 120_000;
const NOW = Date.now();
const SETTINGS = { messagesDays: 7, deliveriesDays: 7, auditDays: 365, recordingsDays: 3 };
const daysAgo = (count: number): string => dayOf(NOW - count * DAY_MS);

/** Calls by what becomes of them, and the day they began. */
const CALLS = {
  expired: daysAgo(10),
  expiredToo: daysAgo(10),
  held: daysAgo(9),
  besideHeld: daysAgo(9),
  goesOn: daysAgo(11),
  young: daysAgo(4),
  erased: daysAgo(1),
} as const;
type Name = keyof typeof CALLS;
const NAMES = Object.keys(CALLS) as Name[];

let system: KillableSystem;
let untouched: readonly KeptText[];
let apps: readonly NodeProcess[];
let calls: Readonly<Record<Name, KeptCall>>;

beforeAll(async () => {
  system = await startKillableSystem();
  const { writer, appId, sql, recordings: objects } = system;
  untouched = await system.dump();
  await makePastDays(sql, [...new Set(Object.values(CALLS))].toSorted());
  await writer.addEndpoint({ appId, url: 'http://127.0.0.1:9/', policy: 'durable' });
  const kept: Partial<Record<Name, KeptCall>> = {};
  for (const name of NAMES) {
    const mark = name.toLowerCase();
    const began = { day: CALLS[name], beganAtMs: Date.parse(`${CALLS[name]}T13:00:00Z`) };
    kept[name] = await keepCall(
      { writer, sql, objects },
      { appId, mark, customerExternalId: `${mark}caller`, ...began },
    );
  }
  calls = kept as Record<Name, KeptCall>;
  apps = [await system.startMessages(), await system.startMessages()];
});

afterAll(async () => {
  await system.close();
});

async function ask(method: string, path: string, body?: object): Promise<Response> {
  const [app] = apps;
  const headers = { ...system.headers, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return await fetch(`${app?.baseUrl}${path}`, { method, headers, ...sent });
}

/** What is there of a call: lengths of lists, and statuses where there is no list. */
async function leftOf({ guid, conversationId }: KeptCall) {
  const { tenantId } = system.writer;
  const messages = await ask('GET', `/conversation/v1/conversation/messages?externalId=${guid}`);
  const recordings = await ask('GET', `/earshot/v1/calls/${guid}/recordings`);
  const deliveries = await system.sql.query('select from deliveries where conversation_id = $1', [
    conversationId,
  ]);
  const [items, legs] = [await messages.json(), await recordings.json()] as [
    { readonly items?: readonly unknown[] },
    { readonly recordings?: readonly unknown[] },
  ];
  return {
    messages: items.items?.length ?? messages.status,
    recordings: legs.recordings?.length ?? recordings.status,
    files: (await system.recordings.list(recordingFolder({ tenantId, conversationId }))).length,
    deliveries: deliveries.rowCount,
  };
}

async function leftOfAll(): Promise<Record<string, Awaited<ReturnType<typeof leftOf>>>> {
  const left: Record<string, Awaited<ReturnType<typeof leftOf>>> = {};
  for (const name of NAMES) left[name] = await leftOf(calls[name]);
  return left;
}

async function messageTables(): Promise<string[]> {
  const { rows } = await system.sql.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'messages'::regclass`,
  );
  return rows.map(({ name }) => name);
}

/** What the processes say that they erased, of all of them together. */
async function erasedCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const app of apps) {
    const text = await (await fetch(`${app.baseUrl}/metrics`)).text();
    for (const [, kind = '', count] of text.matchAll(
      /^earshot_retention_erased_total\{.*?kind="(.+?)".*?\} (\d+)$/gm,
    )) {
      counts[kind] = (counts[kind] ?? 0) + Number(count);
    }
  }
  return counts;
}

/** Moves all that belongs to the calls back to the day they began; one of them went on until two days ago. */
async function age(names: readonly Name[]): Promise<void> {
  const { sql } = system;
  const ids = names.map((name) => calls[name].conversationId);
  await sql.query('begin');
  for (const statement of [
    `update recordings r set created_at = c.created_at from conversations c
     where c.conversation_id = any ($1) and r.conversation_id = c.conversation_id`,
    `update deliveries d set created_at = c.created_at from conversations c
     where c.conversation_id = any ($1) and d.conversation_id = c.conversation_id`,
    'update conversations set last_activity_at = created_at where conversation_id = any ($1)',
  ]) {
    await sql.query(statement, [ids]);
  }
  await sql.query(
    `update conversations set last_activity_at = now() - interval '2 days' where conversation_id = $1`,
    [calls.goesOn.conversationId],
  );
  await sql.query('commit');
}

const WHOLE = { messages: MESSAGES, recordings: 1, files: PARTS, deliveries: MESSAGES };
const GONE = { messages: 404, recordings: 404, files: 0, deliveries: 0 };

describe('two messages processes', () => {
  it(
    'erase by age what is too old, once, and nothing that is held, goes on or is young',
    async () => {
      const putSettings = await ask('PUT', '/earshot/v1/retention', SETTINGS);
      const placeHold = await ask('PUT', `/earshot/v1/conversations/${calls.held.guid}/hold`);
      const erase = await ask('DELETE', `/earshot/v1/conversations/${calls.erased.guid}`);
      expect([putSettings.status, placeHold.status, erase.status]).toEqual([200, 200, 200]);
      const { id } = (await erase.json()) as ErasureReceipt;
      const receipt = async (): Promise<number> => (await ask('GET', `/earshot/v1/erasures/${id}`)).status;
      const before = Object.fromEntries(NAMES.map((name) => [name, WHOLE]));
      expect(await leftOfAll()).toEqual({ ...before, erased: GONE });
      expect(await receipt()).toBe(200);

      await age(['expired', 'expiredToo', 'held', 'besideHeld', 'goesOn', 'young']);
      await system.sql.query(`update erasure_receipts set erased_at = erased_at - interval '366 days'`);

      const mute = { recordings: 0, files: 0 };
      const poll = { timeout: TIMEOUT_MS / 4, interval: 200 };
      await expect.poll(leftOfAll, poll).toEqual({
        expired: GONE,
        expiredToo: GONE,
        held: WHOLE,
        besideHeld: GONE,
        goesOn: { ...WHOLE, ...mute, deliveries: 1 },
        young: { ...WHOLE, ...mute },
        erased: GONE,
      });
      await expect.poll(receipt, poll).toBe(404);
      // A dump reads all tables that it has found.
      const expiredTables = async () =>
        (await messageTables()).filter((name) => name === tableOf(CALLS.expired) || name.includes('before'));
      await expect.poll(expiredTables, poll).toEqual([]);
      expect(await messageTables()).toEqual(
        expect.arrayContaining([tableOf(CALLS.held), tableOf(CALLS.goesOn), tableOf(CALLS.young)]),
      );
      const { expired, expiredToo, besideHeld } = calls;
      const gone = [expired, expiredToo, besideHeld].flatMap(({ spoken }) => spoken);
      expect(createWordTrail(gone, untouched).findIn(await system.dump())).toEqual([]);
      expect(createWordTrail(calls.held.spoken, untouched).findIn(await system.dump())).not.toEqual([]);
      await expect.poll(erasedCounts, poll).toEqual({
        recordings: 5,
        conversations: 3,
        messages: 3 * MESSAGES,
        // With the table of all that was before the first of the days, which was empty.
        'message-days': 2,
        deliveries: 3 * MESSAGES + 1,
        receipts: 1,
      });
      const told = (await (await ask('GET', '/earshot/v1/retention/counts')).json()) as RetentionCounts;
      const { byAge, onRequest, kept } = told;
      expect({ byAge, onRequest }).toEqual({
        byAge: {
          conversations: 3,
          messages: 3 * MESSAGES,
          recordings: 5,
          deliveries: 3 * MESSAGES + 1,
          exportDays: 0,
          receipts: 1,
        },
        onRequest: {
          conversations: 1,
          messages: MESSAGES,
          recordings: 1,
          deliveries: MESSAGES,
          exportDays: 1,
          receipts: 0,
        },
      });
      expect(kept).toMatchObject({ conversationsSince: `${CALLS.goesOn}T13:00:00.000Z`, holds: 1 });
    },
    TIMEOUT_MS,
  );

  it(
    'erase what was held once the hold is lifted',
    async () => {
      const lift = await ask('DELETE', `/earshot/v1/conversations/${calls.held.guid}/hold`);
      expect(lift.status).toBe(204);
      await expect.poll(() => leftOf(calls.held), { timeout: TIMEOUT_MS / 2 }).toEqual(GONE);
      await expect.poll(messageTables, { timeout: TIMEOUT_MS / 2 }).not.toContain(tableOf(CALLS.held));
      const { spoken } = calls.held;
      expect(createWordTrail(spoken, untouched).findIn(await system.dump())).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
