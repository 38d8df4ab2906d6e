import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { readWav } from '@earshot/speech';
import { createCanary } from '@earshot/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { earshot, type CommandResult } from './earshot-command.ts';
import { dumpSystem } from './file-dump.ts';
import { hear } from './hear.ts';
import { checkout, runSystem, type RunningSystem } from './running-system.ts';
import type { KeptText } from './store-dump.ts';
import { createWordTrail } from './word-trail.ts';

/** What the customer says, in this order, each when asked for it. */
const SECRETS = [
  { name: 'card number', digits: '5425233430109903' },
  { name: 'card code', digits: '739' },
  { name: 'social security number', digits: '536228741' },
  { name: 'PIN', digits: '8026' },
] as const;
/** Shorter figures also stand in tables as durations, so only their words and parted digits are looked for there. */
const UNMISTAKABLE_DIGITS = 9;

const NUMBERS = /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b/i;
const DAY_MS = 86_400_000;
/** Over for long, so that it is due whatever time it is; and older than a system keeps words unless told to. */
const CALL_DAY = dayBefore(3);
const OLD_DAY = dayBefore(9);
const FORMATS = ['jsonl', 'csv', 'parquet'] as const;
const FILES = FORMATS.map((format) => expect.stringMatching(new RegExp(`^exports/.*\\.${format}$`)));

function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

const side = (role: 'customer' | 'agent'): string =>
  join(checkout, 'tooling', 'sample-call', 'secrets', `${role}.wav`);

describe('a call in which secrets are spoken', () => {
  let system: RunningSystem;
  let client: EarshotClient;
  let untouched: readonly KeptText[];
  let simulated: CommandResult;
  let followed: CommandResult;
  let guid: string;
  let texts: readonly string[];

  const sql = async (text: string, values: readonly unknown[]): Promise<void> => {
    const connection = new pg.Client({ connectionString: system.databaseUrl });
    await connection.connect();
    try {
      await connection.query(text, [...values]);
    } finally {
      await connection.end();
    }
  };
  /** Waits until the files of a day hold what the store does. */
  const rebuild = async (day: string): Promise<void> => {
    await client.exports.rebuild(day);
    await expect.poll(async () => (await client.exports.get(day)).state).toBe('closed');
  };

  beforeAll(async () => {
    system = await runSystem({ RETENTION_EVERY_MS: '1000' });
    client = createEarshotClient({ ...system.credentials, baseUrl: system.baseUrl });
    untouched = await dumpSystem(system);
    // Nobody listens there: what is to be sent waits with its words.
    await client.endpoints.create({ name: 'away', url: 'http://127.0.0.1:9/', policy: 'durable' });
    const started = Promise.withResolvers<string>();
    const call = ['--customer', side('customer'), '--agent', side('agent')];
    const simulating = earshot(system.directory, ['simulate', ...call], (event) => {
      if (event['type'] === 'started') started.resolve(String(event['guid']));
    }).then((result) => {
      started.reject(new Error(`Cannot watch the call: it never started; ${result.errors}`));
      return result;
    });
    guid = await started.promise;
    const following = earshot(system.directory, ['follow', guid, '--partials']);
    [simulated, followed] = await Promise.all([simulating, following]);
    texts = simulated.events
      .filter(({ type }) => type === 'transcript')
      .map((event) => `${String(event['role'])}: ${String(event['text'])}`);
  }, 180_000);

  afterAll(async () => {
    await system?.stop();
  }, 240_000);

  it('is heard by the real recogniser, secrets included', async () => {
    const [pcm] = readWav(await readFile(side('customer'))).pcm;
    const heard = await hear(pcm ?? new Int16Array());
    for (const { name, digits } of SECRETS) {
      const canary = createCanary(digits);
      canary.collect(name, heard);
      expect({ name, heard: canary.findings().length > 0 }).toEqual({ name, heard: true });
    }
  }, 240_000);

  it('arrives whole by webhook and messages API, each secret masked', () => {
    expect(simulated.exitCode).toBe(0);
    const customer = texts.filter((text) => text.startsWith('customer: ')).join(' ');
    expect(customer.match(/#/g)?.length).toBeGreaterThanOrEqual(16 + 3 + 9 + 4);
    expect(customer).not.toMatch(NUMBERS);
  });

  it('tells who watches every message once, in the order in which webhooks came, and ends with the call', () => {
    const sent = simulated.events.filter(({ type }) => type === 'transcript').map(({ text }) => text);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(textsOf(followed.events, 'message')).toEqual(sent);
    expect(followed.events.at(-1)).toMatchObject({ event: 'end', callState: 'ended' });
    expect(followed).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('shows who watches words before the message they become, and never afterwards', () => {
    const [finished, becoming] = [new Map<unknown, number>(), new Set<string>()];
    let [becameCount, lateCount] = [0, 0];
    for (const { event, streamId, startMs } of followed.events) {
      const place = `${String(streamId)} ${String(startMs)}`;
      if (event === 'partial') {
        if (Number(startMs) <= (finished.get(streamId) ?? -1)) lateCount += 1;
        becoming.add(place);
      }
      if (event !== 'message') continue;
      finished.set(streamId, Number(startMs));
      if (becoming.has(place)) becameCount += 1;
    }
    expect(lateCount).toBe(0);
    expect(becameCount).toBeGreaterThan(2);
  });

  it('shows who watches none of the secrets, neither while they are spoken nor after', () => {
    const words = textsOf(followed.events, 'partial');
    expect(words.length).toBeGreaterThan(2);
    for (const text of words) expect(text).not.toMatch(NUMBERS);
    for (const { digits } of SECRETS) {
      const canary = createCanary(digits);
      canary.collect('follow', [...words, ...textsOf(followed.events, 'message')].join('\n'));
      canary.assertClean();
    }
  });

  it('is handed out as files of its day through the front door, with one key', async () => {
    await sql(
      `update messages set client_timestamp = $1::date + client_timestamp::time, created_at = $1::date + created_at::time`,
      [CALL_DAY],
    );
    await rebuild(CALL_DAY);
    expect(await client.exports.listDates()).toContain(CALL_DAY);
    const directory = join(system.directory, 'warehouse');
    for (const format of FORMATS) {
      const [file] = await client.exports.download(CALL_DAY, { format, directory });
      const fileName = `utterances-${CALL_DAY}.${format}`;
      expect(file).toMatchObject({ fileName, rowCount: texts.length, path: join(directory, fileName) });
    }
  }, 240_000);

  it('leaves none of the secrets in a webhook, table, queue, file or log', async () => {
    const places = await dumpSystem(system);
    const exported = places.filter(({ name }) => name.startsWith('exports/'));
    for (const format of FORMATS) {
      const file = exported.find(({ name }) => name.endsWith(`/utterances-${CALL_DAY}.${format}`));
      expect(file?.text).toContain('####');
    }
    expect(places.length).toBeGreaterThan(10);
    for (const { digits } of SECRETS) {
      const canary = createCanary(digits);
      canary.collect('webhooks', texts.join('\n'));
      for (const { name, text } of places) canary.collect(name, text);
      const found = canary
        .findings()
        .filter(({ sink, spelling }) => sink === 'webhooks' || !isMistakable(spelling));
      expect(found).toEqual([]);
    }
  }, 240_000);

  it('is in no table, queue, file or log once it was erased, and the receipt verifies', async () => {
    const spoken = texts.map((text) => text.replace(/^\w+: /, ''));
    const trail = createWordTrail(spoken, untouched);
    expect(trail.marks.length).toBeGreaterThan(40);
    const places = trail.findIn(await dumpSystem(system)).map(({ name }) => name);
    expect(places).toEqual(expect.arrayContaining(['public.messages', 'public.deliveries', ...FILES]));

    const receipt = await client.retention.eraseConversation(guid);
    expect(receipt).toMatchObject({ complete: true, counts: { messages: texts.length, exportDays: 1 } });
    expect(receipt.counts.deliveries).toBeGreaterThanOrEqual(texts.length);
    await rebuild(CALL_DAY);
    expect(trail.findIn(await dumpSystem(system))).toEqual([]);
    const { complete, ...given } = receipt;
    expect(await client.retention.getErasure(receipt.id)).toEqual({ ...given, verified: true });
    expect(complete).toBe(true);
  }, 240_000);

  it('keeps no word either of what grew too old, also of its files', async () => {
    const spoken = ['Ottilie misplaced eleven umbrellas', 'Geraniums flourish underneath lighthouses'];
    const timestamp = `${OLD_DAY}T13:00:00Z`;
    const customer = { externalId: 'Q77-quandt', name: 'Ottilie Quandt' };
    const { id } = await client.conversations.upsert({ externalId: 'old-chat', customer, timestamp });
    const sender = { role: 'customer', externalId: 'Q77-quandt' } as const;
    const filed = spoken.map((text) => ({ text, sender, timestamp }));
    await client.conversations.fileMessages(id, filed);
    const days = await client.retention.get();
    await client.retention.put({ ...days, messagesDays: 30 });
    await sql(`update messages set created_at = $1 where conversation_id = $2`, [timestamp, id]);
    await rebuild(OLD_DAY);
    const trail = createWordTrail([...spoken, customer.name, customer.externalId], untouched);
    const places = trail.findIn(await dumpSystem(system)).map(({ name }) => name);
    expect(places).toEqual(expect.arrayContaining(['public.messages', 'public.conversations', ...FILES]));

    await sql(
      `update conversations set created_at = $1, last_activity_at = $1 where external_id = 'old-chat'`,
      [timestamp],
    );
    await client.retention.put(days);
    expect(await client.exports.listDates()).not.toContain(OLD_DAY);
    await expect(client.exports.rebuild(OLD_DAY)).rejects.toMatchObject({ code: '422-01' });
    const find = async () => await client.conversations.find({ externalId: 'old-chat' });
    await expect.poll(find).toBeUndefined();
    // Whoever builds looks for what has expired too.
    await rebuild(CALL_DAY);
    const left = async () => trail.findIn(await dumpSystem(system)).map(({ name }) => name);
    await expect.poll(left, { interval: 500 }).toEqual([]);
  }, 240_000);
});

/** Of the events of one command. */
function textsOf(events: CommandResult['events'], type: string): readonly string[] {
  return events.filter(({ event }) => event === type).map(({ text }) => String(text));
}

function isMistakable(spelling: string): boolean {
  return /^\d+$/.test(spelling) && spelling.length < UNMISTAKABLE_DIGITS;
}
