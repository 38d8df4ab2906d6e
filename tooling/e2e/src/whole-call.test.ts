import { createCanary } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_PART, clip, PIN_PART, writeClip } from './call-clip.ts';
import { earshot, type CommandResult } from './earshot-command.ts';
import { hear } from './hear.ts';
import { runSystem, type RunningSystem } from './running-system.ts';
import { dumpDatabase, dumpRedis } from './store-dump.ts';

const CARD_DIGITS = '5173956130976197';
/** The call goes on hold between the two parts. */
const HOLD_AT_SECONDS = PIN_PART[1] - PIN_PART[0];

describe('a call through the whole system', () => {
  let system: RunningSystem;
  let simulated: CommandResult;

  beforeAll(async () => {
    system = await runSystem();
    const files = await writeClip(system.directory, [PIN_PART, CARD_PART]);
    const call = ['--customer', files.customer, '--agent', files.agent];
    simulated = await earshot(system.directory, ['simulate', ...call, '--hold-at', String(HOLD_AT_SECONDS)]);
  }, 180_000);

  afterAll(async () => {
    await system?.stop();
  }, 60_000);

  const transcripts = (role: string): readonly string[] =>
    simulated.events
      .filter((event) => event['type'] === 'transcript' && event['role'] === role)
      .map((event) => String(event['text']));

  it('agrees in webhooks, summaries and messages over a hold, to the byte', () => {
    const checked = simulated.events.filter((event) => event['type'] === 'checked');
    expect(checked.map((event) => event['disagreements'])).toEqual([[]]);
    expect(simulated.exitCode).toBe(0);
  });

  it('hears both sides with the real recogniser', () => {
    expect(transcripts('agent').join(' ')).toMatch(/pin number.*card would you like/i);
    expect(transcripts('customer').length).toBeGreaterThanOrEqual(2);
  });

  it('masks the PIN and the card number', () => {
    const said = transcripts('customer').join(' ');
    expect(said).toMatch(/pin number is/i);
    expect(said).toMatch(/card number is/i);
    expect(said).toContain('####');
    expect(said).not.toMatch(/\d|five|nine|three|seven/i);
  });

  it('starts the times of the second leg at 0', () => {
    const starts = simulated.events
      .filter((event) => event['type'] === 'transcript')
      .map((event) => event['startMs']);
    const legStart = simulated.events.findIndex((event) => event['type'] === 'started' && event['leg'] === 2);
    const afterHold = simulated.events.slice(legStart).find((event) => event['type'] === 'transcript');
    expect(starts.length).toBeGreaterThanOrEqual(4);
    expect(afterHold?.['startMs']).toBeLessThan(3000);
  });

  it('leaves the card number in no log, queue or table', async () => {
    const canary = createCanary(CARD_DIGITS);
    const heard = createCanary(CARD_DIGITS);
    heard.collect('recogniser', await hear(await clip('customer', [CARD_PART])));
    expect(heard.findings(), 'the recogniser did hear the number').not.toEqual([]);

    const places = [
      ...(await system.readLogs()),
      ...(await dumpDatabase(system.databaseUrl)),
      ...(system.redisUrl === undefined ? [] : await dumpRedis(system.redisUrl)),
    ];
    for (const { name, text } of places) canary.collect(name, text);
    expect(places.length).toBeGreaterThan(10);
    canary.assertClean();
  }, 60_000);
});
