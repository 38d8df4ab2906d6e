import { samplesToMs } from '@earshot/domain';
import type { LiveEvent, LivePartial } from '@earshot/queues';
import { createFakeLiveBus, type FakeLiveBus } from '@earshot/queues/testing';
import type { SpeechAudio, SpeechRecognizer } from '@earshot/speech';
import { scriptedPcm } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import type { LiveView } from './live-call.ts';
import { callEvents, lease, world, type CallPcm } from './testing/call-world.ts';
import { transcribeCall } from './transcribe-call.ts';

const never = new AbortController().signal;
const PREROLL_MS = 250;
const WORD_MS = 250;
const CUSTOMER = 8000;
const AGENT = 5000;
const DIGITS = /\d|\b(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|eleven|twenty|forty)\b/i;

const QUESTION = 'Can you tell me your pin please?'.split(' ');
const ANSWER =
  'sure so it is four one um seven oh then twenty two no sorry forty one eleven that is all'.split(' ');

const hush = (durationMs: number) => ({ durationMs, amplitude: 0 });
const say = (durationMs: number, amplitude: number) => ({ durationMs, amplitude });

/** The agent asks for 1.75 s, the customer answers for 5 s. */
const PIN_CALL: CallPcm = {
  agent: scriptedPcm([hush(256), say(1760, AGENT), hush(8000)]),
  customer: scriptedPcm([hush(2560), say(5024, CUSTOMER), hush(2432)]),
};

/** Says a word each 250 ms of speech; the two sides are told by their loudness. */
function recognizer(options: { readonly work?: (audio: SpeechAudio) => Promise<void> } = {}) {
  const heard: SpeechAudio[] = [];
  const recognizer: SpeechRecognizer = {
    capabilities: { languages: ['en'], wordTimes: false, partials: 'whole' },
    recognize: async (audio) => {
      heard.push(audio);
      await options.work?.(audio);
      audio.signal?.throwIfAborted();
      const words = Math.max(...audio.pcm) > 6000 ? ANSWER : QUESTION;
      const spokenMs = samplesToMs(audio.pcm.length) - PREROLL_MS;
      return { text: words.slice(0, Math.round(spokenMs / WORD_MS)).join(' ') };
    },
    close: async () => undefined,
  };
  const of = (priority: SpeechAudio['priority']) => heard.filter((audio) => audio.priority === priority);
  return { recognizer, heard, of };
}

interface Played {
  readonly pcm?: CallPcm;
  readonly engine?: ReturnType<typeof recognizer>;
  /** Absent: nobody watches. */
  readonly watched?: { readonly partials: boolean };
  readonly view?: Partial<Omit<LiveView, 'bus'>>;
}

async function play({ pcm = PIN_CALL, engine = recognizer(), watched, view = {} }: Played) {
  const bus: FakeLiveBus = createFakeLiveBus();
  const seen: LiveEvent[] = [];
  if (watched !== undefined) {
    const scope = { tenantId: 'tenant', conversationId: 'CONVERSATION', ...watched };
    await bus.watch(scope, (event) => seen.push(event));
  }
  const call = world({ events: () => callEvents(1, pcm), clockStepMs: 10 });
  const live = { bus, partialIntervalMs: 1, isBusy: () => false, ...view };
  await transcribeCall({ ...call.deps, recognizer: engine.recognizer, live }, lease(), never);
  const partials = bus.published.filter((event): event is LivePartial => event.type === 'partial');
  return { bus, seen, partials, commits: call.commits, engine };
}

function partialsOf(partials: readonly LivePartial[], role: LivePartial['role']): readonly LivePartial[] {
  return partials.filter((partial) => partial.role === role);
}

describe('transcribeCall with a live view', () => {
  it('shows words of open speech as they grow, with the place and sender of the message they become', async () => {
    const { partials, commits } = await play({ watched: { partials: true } });
    const shown = partialsOf(partials, 'agent');
    expect(shown.length).toBeGreaterThan(0);
    const [message] = commits.map(({ message }) => message).filter(({ role }) => role === 'agent');
    for (const [index, partial] of shown.entries()) {
      expect(partial).toMatchObject({
        tenantId: 'tenant',
        conversationId: 'CONVERSATION',
        guid: 'guid',
        sessionId: 'session',
        streamId: message?.streamId,
        senderExternalId: message?.senderExternalId,
        startMs: message?.startMs,
        revision: index + 1,
      });
      expect(message?.text.toLowerCase()).toContain(partial.text.toLowerCase());
      expect(partial.endMs).toBeLessThan(message?.endMs ?? 0);
    }
  });

  it('never shows a digit of a PIN while it is spoken, nor after', async () => {
    const { partials, commits, engine } = await play({ watched: { partials: true } });
    expect(engine.of('partial').length).toBeGreaterThan(4);
    const shown = partialsOf(partials, 'customer');
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.at(-1)?.text).toMatch(/^Sure/);
    for (const { text } of shown) expect(text).not.toMatch(DIGITS);
    for (const { message } of commits) expect(message.text).not.toMatch(DIGITS);
  });

  it('commits the very messages that it commits when nobody watches', async () => {
    const unwatched = await play({});
    const watched = await play({ watched: { partials: true } });
    expect(watched.partials.length).toBeGreaterThan(0);
    const stored = (commits: typeof watched.commits) =>
      commits.map(({ message, webhookBody, redactionState }) => ({ message, webhookBody, redactionState }));
    expect(unwatched.commits.length).toBeGreaterThan(1);
    expect(stored(watched.commits)).toEqual(stored(unwatched.commits));
  });

  const WATCHED = { partials: true };
  it.each([
    { given: 'nobody watches', played: {}, want: 0 },
    { given: 'those who watch want none', played: { watched: { partials: false } }, want: 0 },
    {
      given: 'finals need the recogniser',
      played: { watched: WATCHED, view: { isBusy: () => true } },
      want: 0,
    },
    { given: 'they are turned off', played: { watched: WATCHED, view: { partialIntervalMs: 0 } }, want: 0 },
    {
      given: 'it is time for one of each side',
      played: { watched: WATCHED, view: { partialIntervalMs: 1e9 } },
      want: 2,
    },
  ])('asks for words of open speech $want times when $given', async ({ played, want }) => {
    const { engine } = await play(played);
    expect(engine.of('partial')).toHaveLength(want);
  });

  it('asks an engine for none that has none', async () => {
    const engine = recognizer();
    const capabilities = { ...engine.recognizer.capabilities, partials: 'none' as const };
    const without = { ...engine, recognizer: { ...engine.recognizer, capabilities } };
    expect((await play({ engine: without, watched: { partials: true } })).partials).toEqual([]);
    expect(engine.of('partial')).toEqual([]);
  });

  it('publishes nothing when nobody watches', async () => {
    expect((await play({})).bus.published).toEqual([]);
  });

  it('tells of each message once it is stored', async () => {
    const { seen, commits } = await play({ watched: { partials: false } });
    expect(seen).toEqual(
      commits.map(({ message: { streamId, messageId, startMs } }) => ({
        type: 'committed',
        tenantId: 'tenant',
        conversationId: 'CONVERSATION',
        sessionId: 'session',
        streamId,
        messageId,
        startMs,
      })),
    );
  });

  it('asks one question of a side at a time, and shows no answer that comes after the cut', async () => {
    let [open, openMost] = [0, 0];
    const gate = Promise.withResolvers<void>();
    const engine = recognizer({
      work: async ({ priority }) => {
        if (priority !== 'partial') return;
        open += 1;
        openMost = Math.max(open, openMost);
        await gate.promise;
        open -= 1;
      },
    });
    const { partials } = await play({ engine, watched: { partials: true } });
    expect(openMost).toBe(2);
    gate.resolve();
    await Promise.resolve();
    expect(partials).toEqual([]);
  });

  it('shows nothing before all that was cut has been redacted and stored', async () => {
    const gate = Promise.withResolvers<void>();
    const asked: number[] = [];
    const engine = recognizer({
      work: async ({ priority, pcm, promotion }) => {
        if (priority === 'partial') asked.push(Math.max(...pcm));
        // The question; the words of the answer are judged by it.
        else if (Math.max(...pcm) < 6000) await gate.promise;
        // Once the answer has been cut.
        else if (promotion === undefined) gate.resolve();
        else promotion.addEventListener('abort', () => gate.resolve());
      },
    });
    const { partials, commits } = await play({ engine, watched: { partials: true } });
    expect(commits).toHaveLength(2);
    expect(asked.every((loudest) => loudest < 6000)).toBe(true);
    expect(partialsOf(partials, 'customer')).toEqual([]);
  });

  it('shows nothing of a side that began while the other one spoke, until that has ended', async () => {
    const pcm: CallPcm = {
      agent: scriptedPcm([hush(256), say(4000, AGENT), hush(4000)]),
      customer: scriptedPcm([hush(1024), say(6016, CUSTOMER), hush(1216)]),
    };
    const { partials } = await play({ pcm, watched: { partials: true } });
    const [first] = partialsOf(partials, 'customer');
    expect(partialsOf(partials, 'agent').length).toBeGreaterThan(0);
    expect(first?.endMs).toBeGreaterThan(4256);
  });

  it('goes on when the recogniser refuses', async () => {
    const engine = recognizer({
      work: async ({ priority }) => {
        if (priority === 'partial') throw new Error('Cannot decode: a final waits');
      },
    });
    const { partials, commits } = await play({ engine, watched: { partials: true } });
    expect(partials).toEqual([]);
    expect(engine.of('partial').length).toBeGreaterThan(1);
    expect(commits).toHaveLength(2);
  });
});
