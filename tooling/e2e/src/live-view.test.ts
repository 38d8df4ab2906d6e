import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_PART, PIN_PART, writeClip } from './call-clip.ts';
import { earshot, type CommandResult } from './earshot-command.ts';
import { runSystem, type RunningSystem } from './running-system.ts';

type Event = Readonly<Record<string, unknown>>;

const NUMBERS = /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b/i;

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

  it('shows every message of the call in its order, and its end', () => {
    const sent = simulated.events.filter(({ type }) => type === 'transcript').map(({ text }) => text);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(textsOf(followed.events, 'message')).toEqual(sent);
    expect(followed.events.at(-1)).toMatchObject({ event: 'end' });
    expect([simulated.exitCode, followed.exitCode]).toEqual([0, 0]);
  });

  it('shows words while they are spoken, before the message they become', () => {
    const partials = followed.events.filter(({ event }) => event === 'partial');
    expect(partials.length).toBeGreaterThan(4);
    const places = followed.events.map(({ event, streamId, startMs }) => ({ event, streamId, startMs }));
    for (const { streamId, startMs } of partials) {
      const [first, last] = [
        places.findIndex((place) => place.streamId === streamId && place.startMs === startMs),
        places.findLastIndex((place) => place.streamId === streamId && place.startMs === startMs),
      ];
      expect([places[first]?.event, places[last]?.event]).toEqual(['partial', 'message']);
    }
  });

  it('shows no number of a PIN or a card, neither while it is spoken nor after', () => {
    for (const text of textsOf(followed.events, 'partial')) expect(text).not.toMatch(NUMBERS);
    expect(textsOf(followed.events, 'message').join(' ')).not.toMatch(NUMBERS);
    expect(textsOf(followed.events, 'message').join(' ')).toContain('####');
  });
});
