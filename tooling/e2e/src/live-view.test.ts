import { createCanary } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_PART, PIN_PART, writeClip } from './call-clip.ts';
import { earshot, type CommandResult } from './earshot-command.ts';
import { runSystem, type RunningSystem } from './running-system.ts';

type Event = Readonly<Record<string, unknown>>;

const NUMBERS = /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b/i;

const CARD_DIGITS = '5173956130976197';

/** Of the events of one command. */
function textsOf(events: readonly Event[], type: string): readonly string[] {
  return events.filter(({ event }) => event === type).map(({ text }) => String(text));
}

describe('a call that is watched', () => {
  let system: RunningSystem;
  let simulated: CommandResult;
  let followed: CommandResult;

  beforeAll(async () => {
    system = await runSystem();
    const files = await writeClip(system.directory, [PIN_PART, CARD_PART]);
    const started = Promise.withResolvers<string>();
    const simulating = earshot(
      system.directory,
      ['simulate', '--customer', files.customer, '--agent', files.agent],
      (event) => {
        if (event['type'] === 'started') started.resolve(String(event['guid']));
      },
    ).then((result) => {
      started.reject(new Error(`Cannot watch the call: it never started; ${result.errors}`));
      return result;
    });
    const following = started.promise.then((guid) =>
      earshot(system.directory, ['follow', guid, '--partials']),
    );
    [simulated, followed] = await Promise.all([simulating, following]);
  }, 240_000);

  afterAll(async () => {
    await system?.stop();
  }, 60_000);

  it('tells every message once, in the order in which webhooks came, and ends with the call', () => {
    const sent = simulated.events.filter(({ type }) => type === 'transcript').map(({ text }) => text);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(textsOf(followed.events, 'message')).toEqual(sent);
    expect(followed.events.at(-1)).toMatchObject({ event: 'end', callState: 'ended' });
    expect(simulated.exitCode).toBe(0);
    expect(followed).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('shows words before the message they become, and never afterwards', () => {
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

  it('leaves nothing of the PIN and the card readable, neither while they are spoken nor after', async () => {
    const words = textsOf(followed.events, 'partial');
    const messages = textsOf(followed.events, 'message');
    for (const text of [...words, ...messages]) expect(text).not.toMatch(NUMBERS);
    expect(messages.join(' ')).toContain('####');
    const canary = createCanary(CARD_DIGITS);
    canary.collect('follow', [...words, ...messages].join('\n'));
    for (const { name, text } of await system.readLogs()) canary.collect(name, text);
    canary.assertClean();
  });
});
