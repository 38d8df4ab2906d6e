import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWav } from '@earshot/speech';
import { createCanary } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { earshot, type CommandResult } from './earshot-command.ts';
import { hear } from './hear.ts';
import { checkout, runSystem, type RunningSystem } from './running-system.ts';
import { dumpDatabase, dumpRedis } from './store-dump.ts';

/** What the customer says, in this order, each when asked for it. */
const SECRETS = [
  { name: 'card number', digits: '5425233430109903' },
  { name: 'card code', digits: '739' },
  { name: 'social security number', digits: '536228741' },
  { name: 'PIN', digits: '8026' },
] as const;
/** Shorter figures also stand in tables as durations, so only their words and parted digits are looked for there. */
const UNMISTAKABLE_DIGITS = 9;

const side = (role: 'customer' | 'agent'): string =>
  join(checkout, 'tooling', 'sample-call', 'secrets', `${role}.wav`);

describe('a call in which secrets are spoken', () => {
  let system: RunningSystem;
  let simulated: CommandResult;
  let texts: readonly string[];

  beforeAll(async () => {
    system = await runSystem();
    const call = ['--customer', side('customer'), '--agent', side('agent')];
    simulated = await earshot(system.directory, ['simulate', ...call]);
    texts = simulated.events
      .filter(({ type }) => type === 'transcript')
      .map((event) => `${String(event['role'])}: ${String(event['text'])}`);
  }, 180_000);

  afterAll(async () => {
    await system?.stop();
  }, 60_000);

  it('is heard by the real recogniser, secrets included', async () => {
    const [pcm] = readWav(await readFile(side('customer'))).pcm;
    const heard = await hear(pcm ?? new Int16Array());
    for (const { name, digits } of SECRETS) {
      const canary = createCanary(digits);
      canary.collect(name, heard);
      expect({ name, heard: canary.findings().length > 0 }).toEqual({ name, heard: true });
    }
  }, 60_000);

  it('arrives whole by webhook and messages API, each secret masked', () => {
    expect(simulated.exitCode).toBe(0);
    const customer = texts.filter((text) => text.startsWith('customer: ')).join(' ');
    expect(customer.match(/#/g)?.length).toBeGreaterThanOrEqual(16 + 3 + 9 + 4);
    expect(customer).not.toMatch(/\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b/i);
  });

  it('leaves none of the secrets in a webhook, table, queue or log', async () => {
    const places = [
      ...(await system.readLogs()),
      ...(await dumpDatabase(system.databaseUrl)),
      ...(system.redisUrl === undefined ? [] : await dumpRedis(system.redisUrl)),
    ];
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
  }, 60_000);
});

function isMistakable(spelling: string): boolean {
  return /^\d+$/.test(spelling) && spelling.length < UNMISTAKABLE_DIGITS;
}
