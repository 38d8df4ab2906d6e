import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createCanary } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_PART, PIN_PART, writeClip } from './call-clip.ts';
import { earshot, parseEvent, type CommandResult } from './earshot-command.ts';
import { checkout, runSystem, type RunningSystem } from './running-system.ts';

const CARD_DIGITS = '5173956130976197';

/** Plays a call and follows it from its start to its end, as two people at two terminals. */
async function playAndFollow(system: RunningSystem) {
  const files = await writeClip(system.directory, [PIN_PART, CARD_PART]);
  const bin = join(checkout, 'packages', 'cli', 'bin', 'earshot.mjs');
  const call = ['--customer', files.customer, '--agent', files.agent];
  const child = spawn(process.execPath, [bin, 'simulate', ...call, '--json'], {
    cwd: system.directory,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  });
  const closed = once(child, 'close');
  const played: Readonly<Record<string, unknown>>[] = [];
  let following: Promise<CommandResult> | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = parseEvent(line);
    played.push(event);
    if (event['type'] === 'started') {
      following = earshot(system.directory, ['follow', String(event['guid']), '--partials']);
    }
  }
  await closed;
  const followed = await following;
  if (followed === undefined) throw new Error('Cannot follow: the call never started');
  return { played, followed };
}

describe('a call followed live through the whole system', () => {
  let system: RunningSystem;
  let played: readonly Readonly<Record<string, unknown>>[];
  let followed: CommandResult;

  beforeAll(async () => {
    system = await runSystem();
    ({ played, followed } = await playAndFollow(system));
  }, 180_000);

  afterAll(async () => {
    await system?.stop();
  }, 60_000);

  const told = (event: string) => followed.events.filter((one) => one['event'] === event);

  it('tells every utterance once, in the order in which webhooks came, and ends with the call', () => {
    const transcripts = played.filter(({ type }) => type === 'transcript').map(({ text }) => text);
    expect(transcripts.length).toBeGreaterThanOrEqual(4);
    expect(told('message').map(({ text }) => text)).toEqual(transcripts);
    expect(followed.events.at(-1)).toMatchObject({ event: 'end', callState: 'ended' });
    expect(followed).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('shows words before their utterance is finished, in growing revisions, and never afterwards', () => {
    expect(told('partial').length).toBeGreaterThan(0);
    const finished = new Map<unknown, number>();
    for (const { event, streamId, startMs } of followed.events) {
      if (event === 'partial') expect(Number(startMs)).toBeGreaterThan(finished.get(streamId) ?? -1);
      if (event === 'message') finished.set(streamId, Number(startMs));
    }
  });

  it('leaves nothing of the card number readable, not even while it is said', async () => {
    const canary = createCanary(CARD_DIGITS);
    canary.collect('follow', followed.events.map((event) => JSON.stringify(event['text'] ?? '')).join('\n'));
    for (const { name, text } of await system.readLogs()) canary.collect(name, text);
    canary.assertClean();
    for (const { text } of told('partial')) expect(text).not.toMatch(/\d|five|nine|three|seven/i);
  });
});
