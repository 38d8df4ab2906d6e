import type { ErasureReceipt, VerifiedErasure, VerifiedErasurePage } from '@earshot/api';
import type { NodeProcess } from '@earshot/scripted-ingest';
import { recordingFolder } from '@earshot/storage/objects';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KeptText } from '../store-dump.ts';
import { createWordTrail } from '../word-trail.ts';
import { COUNTS, keepCall, MESSAGES, PARTS, type KeptCall } from './kept-call.ts';
import { startKillableSystem, type KillableSystem } from './killable-system.ts';

/** Over for long, so that its files are due whatever time it is, and young enough to be kept. */
const DAY = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
/** Of what takes some seconds. */
const TIMEOUT_MS = 120_000;
/** More than an erasure has. */
const STEPS_MAX = 16;
const CUSTOMER = 'quiltmaker';
const RECORDED_CALLS = 2;
/** With them the customer has more conversations than one transaction takes. */
const CHATS = 110;

let system: KillableSystem;
let exporter: NodeProcess;
let untouched: readonly KeptText[];
let calls: readonly KeptCall[];
let callsOfCustomer: readonly KeptCall[];
let bystander: KeptCall;

beforeAll(async () => {
  system = await startKillableSystem();
  const { writer, appId, sql, recordings: objects } = system;
  untouched = await system.dump();
  await writer.addEndpoint({ appId, url: 'http://127.0.0.1:9/', policy: 'durable' });
  const keep = async (mark: string, customerExternalId = `${mark}caller`): Promise<KeptCall> =>
    await keepCall({ writer, sql, objects }, { appId, customerExternalId, mark, day: DAY });
  const keepAll = async (count: number, mark: string, customerExternalId?: string): Promise<KeptCall[]> => {
    const kept: KeptCall[] = [];
    for (const letter of 'abcdefghijklmnop'.slice(0, count)) {
      kept.push(await keep(`${mark}${letter}`, customerExternalId));
    }
    return kept;
  };
  bystander = await keep('bystander');
  calls = await keepAll(STEPS_MAX, 'quillon');
  callsOfCustomer = await keepAll(RECORDED_CALLS, CUSTOMER, CUSTOMER);
  await keepChats();
  exporter = await system.startExporter();
  // One that ends in order leaves what it compiled to those that do not.
  await (await system.startMessages()).stop();
});

/** An answer tells little of a fault; the log tells it. */
afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(`${system.warnings.join('\n')}\n`);
});

afterAll(async () => {
  await system.close();
});

/** Conversations of the customer with one message each. */
async function keepChats(): Promise<void> {
  const { sql, writer } = system;
  const chats = `generate_series(1, ${CHATS}) g, lateral (select 'CHAT' || lpad(g::text, 3, '0') as id) named`;
  await sql.query(
    `insert into conversations (tenant_id, conversation_id, external_id, customer_external_id, agent_external_id, created_at,
       last_activity_at)
     select $1, id, id, '${CUSTOMER}', 'agent', now(), now() from ${chats}`,
    [writer.tenantId],
  );
  await sql.query(
    `insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
     select $1, id, id, 0, '${CUSTOMER}spool ${CUSTOMER}' || translate(lpad(g::text, 3, '0'), '0123456789', 'abcdefghij'),
       $2::timestamptz, $2::timestamptz from ${chats}`,
    [writer.tenantId, `${DAY}T14:00:00Z`],
  );
}

/** `undefined` where the process dies first. */
async function ask(app: NodeProcess, method: string, path: string): Promise<unknown> {
  try {
    const answer = await fetch(`${app.baseUrl}${path}`, { method, headers: system.headers });
    return await answer.json();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const erasurePath = (call: KeptCall): string => `/earshot/v1/conversations/${call.guid}`;

/** Has a process die within a request; its answer where it lived on, `undefined` where it died. */
async function killIn(path: string, at: string): Promise<unknown> {
  const victim = await system.startMessages({ at, in: `DELETE ${path}` });
  const answer = await ask(victim, 'DELETE', path);
  expect(await victim.stop('SIGKILL')).toBe(null);
  await system.untilForgotten();
  return answer;
}

/** Asked again, a process answers the receipt, or names the one that nobody was given. */
async function askAgain(app: NodeProcess, path: string): Promise<VerifiedErasure> {
  const answer = await ask(app, 'DELETE', path);
  const { id, detail = '' } = answer as Partial<ErasureReceipt> & { readonly detail?: string };
  return await readReceipt(app, id ?? / receipt (\S+)$/.exec(detail)?.[1]);
}

async function readReceipt(app: NodeProcess, id: string | undefined): Promise<VerifiedErasure> {
  return (await ask(app, 'GET', `/earshot/v1/erasures/${id}`)) as VerifiedErasure;
}

async function receiptsOf(subject: string): Promise<string[]> {
  const { rows } = await system.sql.query<{ id: string }>(
    'select erasure_id as id from erasure_receipts where subject = $1 order by erased_at',
    [subject],
  );
  return rows.map(({ id }) => id);
}

/** How much of a call is left. */
async function leftOf(call: KeptCall, app: NodeProcess) {
  const { tenantId } = system.writer;
  const messages = await ask(app, 'GET', `/conversation/v1/conversation/messages?externalId=${call.guid}`);
  const recordings = await ask(app, 'GET', `/earshot/v1/calls/${call.guid}/recordings`);
  const files = await system.recordings.list(recordingFolder({ ...call, tenantId }));
  return {
    messages: countIn(messages, 'items'),
    recordings: countIn(recordings, 'recordings'),
    files: files.length,
  };
}

/** `undefined` in an answer that says that there is no such thing. */
function countIn(answer: unknown, name: string): number | undefined {
  const list: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
  return Array.isArray(list) ? list.length : undefined;
}

const WHOLE = { messages: MESSAGES, recordings: 1, files: PARTS };
const MUTE = Array.from({ length: PARTS + 1 }, (_none, files) => ({
  messages: MESSAGES,
  recordings: 0,
  files,
}));
const GONE = { messages: undefined, recordings: undefined, files: 0 };

/** Waits until the files of the day are what the store holds. */
async function closedDay(): Promise<void> {
  const path = `/earshot/v1/exports/${DAY}`;
  await ask(exporter, 'POST', `${path}/rebuild`);
  const isClosed = async (): Promise<void> =>
    expect(await ask(exporter, 'GET', path)).toMatchObject({ state: 'closed' });
  await vi.waitFor(isClosed, { timeout: TIMEOUT_MS / 2 });
}

const TABLES = ['messages', 'deliveries', 'attempts', 'redaction_states', 'conversations', 'call_streams'];
const EVERYWHERE = [
  ...TABLES.map((name) => `public.${name}`),
  expect.stringMatching(/^recordings\//),
  ...['jsonl', 'csv', 'parquet'].map((format) =>
    expect.stringMatching(new RegExp(`^exports/.*\\.${format}$`)),
  ),
];

/** Everything there is, with the files of the day as they are after what was erased. */
async function dumpExported(): Promise<readonly KeptText[]> {
  await closedDay();
  return await system.dump();
}

/** Names of places that hold words of somebody. */
function placesWith(spoken: readonly string[], dump: readonly KeptText[]): readonly string[] {
  const found = createWordTrail(spoken, untouched).findIn(dump);
  return found.map(({ name }) => name);
}

const spokenIn = (some: readonly KeptCall[]): string[] => some.flatMap(({ spoken }) => spoken);

describe('an erasure whose process is killed', () => {
  it(
    'at any of its steps is completed by who is asked again, once',
    async () => {
      const before = await dumpExported();
      for (const { spoken } of [bystander, ...calls]) {
        expect(placesWith(spoken, before)).toEqual(expect.arrayContaining(EVERYWHERE));
      }
      const beside = await system.startMessages();
      const found: object[] = [];
      let answer: unknown;
      while (answer === undefined) {
        const call = calls[found.length];
        if (call === undefined) throw new Error(`Cannot end: an erasure has more than ${STEPS_MAX} steps`);
        const step = found.length + 1;
        answer = await killIn(erasurePath(call), `${step} any`);
        found.push(await leftOf(call, beside));
        const { verified, counts } = await askAgain(beside, erasurePath(call));
        expect({ step, verified, counts }).toEqual({ step, verified: true, counts: COUNTS });
        expect(await leftOf(call, beside)).toEqual(GONE);
        expect(await receiptsOf('conversation')).toHaveLength(step);
      }
      expect(answer).toMatchObject({ complete: true });
      const seen = [WHOLE, ...MUTE.toReversed(), GONE].filter((left) =>
        found.some((one) => JSON.stringify(one) === JSON.stringify(left)),
      );
      expect(seen).toEqual([WHOLE, ...MUTE.toReversed(), GONE]);
      for (const left of found) expect(seen).toContainEqual(left);
      const dump = await dumpExported();
      expect(placesWith(spokenIn(calls.slice(0, found.length)), dump)).toEqual([]);
      expect(placesWith(bystander.spoken, dump)).toEqual(expect.arrayContaining(EVERYWHERE));
      await beside.stop();
    },
    TIMEOUT_MS,
  );

  it(
    'leaves no audio though nobody asks again, and counts it when somebody does',
    async () => {
      const [call = bystander] = calls.slice(-1);
      expect(await killIn(erasurePath(call), '1 rm')).toBeUndefined();
      // What a minute would do.
      await system.sql.query(
        `update recordings set claimed_until = clock_timestamp() where state = 'erasing'`,
      );
      const restarted = await system.startMessages();
      const mute = { messages: MESSAGES, recordings: 0, files: 0 };
      await expect.poll(() => leftOf(call, restarted), { timeout: TIMEOUT_MS / 2 }).toEqual(mute);
      const { verified, counts } = await askAgain(restarted, erasurePath(call));
      expect({ verified, counts }).toEqual({ verified: true, counts: COUNTS });
      expect(placesWith(call.spoken, await dumpExported())).toEqual([]);
      await restarted.stop();
    },
    TIMEOUT_MS,
  );

  it(
    'goes on with a customer of many conversations, each on one receipt',
    async () => {
      const spoken = [CUSTOMER, `${CUSTOMER}spool`, ...spokenIn(callsOfCustomer)];
      expect(placesWith(spoken, await dumpExported())).toEqual(expect.arrayContaining(EVERYWHERE));
      const path = `/earshot/v1/customers/${CUSTOMER}`;
      for (const at of ['1 rm', '1 insert', '2 commit']) expect(await killIn(path, at)).toBeUndefined();
      const restarted = await system.startMessages();
      expect(await ask(restarted, 'DELETE', path)).toMatchObject({ complete: true });
      // Nobody was given the first of them.
      const { items } = (await ask(restarted, 'GET', '/earshot/v1/erasures')) as VerifiedErasurePage;
      const receipts = items.filter(({ subject }) => subject === 'customer').toReversed();
      expect(receipts.map(({ verified, counts }) => ({ verified, counts }))).toEqual([
        {
          verified: true,
          counts: {
            ...timesCalls(COUNTS),
            conversations: 100,
            messages: 100 + RECORDED_CALLS,
            exportDays: 1,
          },
        },
        {
          verified: true,
          counts: expect.objectContaining({ conversations: 12, messages: 12, recordings: 0, exportDays: 1 }),
        },
      ]);
      expect(await ask(restarted, 'DELETE', path)).toMatchObject({ status: 404 });
      const dump = await dumpExported();
      expect(placesWith(spoken, dump)).toEqual([]);
      expect(placesWith(bystander.spoken, dump)).toEqual(expect.arrayContaining(EVERYWHERE));
    },
    TIMEOUT_MS,
  );

  it(
    'is told of as often as it is on a receipt',
    async () => {
      const { rows } = await system.sql.query<{ counts: Record<string, number> }>(
        `select jsonb_object_agg(kind, total) as counts from (
           select key as kind, sum(value::int) as total from erasure_receipts, jsonb_each_text(counts) group by key) sums`,
      );
      const { conversations, messages, recordings, deliveries, exportDays } = rows[0]?.counts ?? {};
      const app = await system.startMessages();
      expect(await ask(app, 'GET', '/earshot/v1/retention/counts')).toMatchObject({
        byAge: { conversations: 0, messages: 0, recordings: 0 },
        onRequest: { conversations, messages, recordings, deliveries, exportDays, receipts: 0 },
      });
      await app.stop();
    },
    TIMEOUT_MS,
  );
});

function timesCalls(counts: typeof COUNTS): typeof COUNTS {
  const all = Object.entries(counts).map(([kind, count]) => [kind, count * RECORDED_CALLS] as const);
  return { ...counts, ...Object.fromEntries(all) };
}
