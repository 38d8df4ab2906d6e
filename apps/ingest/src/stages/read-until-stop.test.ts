import type { CallMediaEvent } from '@earshot/connect-media';
import { describe, expect, it } from 'vitest';
import { readUntilStop, type ReadEvent } from './read-until-stop.ts';

const FRAGMENT_MS = 1024;

function fragment(number: number): CallMediaEvent[] {
  const startMs = number * FRAGMENT_MS;
  const times = { serverTimestampMs: startMs, producerTimestampMs: startMs };
  const audio = Array.from({ length: 16 }, (_, index): CallMediaEvent => {
    return { type: 'audio', role: 'agent', pcm: new Uint8Array(1024), mediaMs: startMs + index * 64 };
  });
  return [
    {
      type: 'fragment',
      fragmentNumber: String(number),
      contactId: 'c',
      roles: ['customer', 'agent'],
      ...times,
    },
    ...audio,
    { type: 'fragmentEnd', fragmentNumber: String(number), millisBehindNow: 0 },
  ];
}

const never = new AbortController().signal;
const media: CallMediaEvent[] = [...fragment(0), ...fragment(1), ...fragment(2), ...fragment(3)];

async function read(
  events: readonly CallMediaEvent[],
  control: { stopAtMs?: number; fenced?: boolean },
  leaving = never,
) {
  const passed: ReadEvent[] = [];
  const source = (async function* () {
    yield* events;
  })();
  const watched = {
    look: async () => undefined,
    stopAtMs: control.stopAtMs,
    fenced: control.fenced ?? false,
  };
  for await (const event of readUntilStop(source, watched, leaving)) passed.push(event);
  return passed;
}

const fragmentsOf = (events: readonly ReadEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'fragmentEnd' ? [event.fragmentNumber] : []));

describe('readUntilStop', () => {
  const tables = [
    { given: 'no stop', control: {}, fragments: ['0', '1', '2', '3'], reason: 'media-ended' },
    {
      given: 'a stop inside a fragment',
      control: { stopAtMs: 1500 },
      fragments: ['0', '1'],
      reason: 'stopped',
    },
    {
      given: 'a stop before the second fragment',
      control: { stopAtMs: 1000 },
      fragments: ['0'],
      reason: 'stopped',
    },
    { given: 'a stop before everything', control: { stopAtMs: 0 }, fragments: [], reason: 'stopped' },
    { given: 'a lost lease', control: { fenced: true }, fragments: [], reason: 'fenced' },
  ];
  for (const { given, control, fragments, reason } of tables) {
    it(`passes whole fragments on with ${given}`, async () => {
      const events = await read(media, control);
      expect(fragmentsOf(events)).toEqual(fragments);
      expect(events.at(-1)).toEqual({ type: 'readEnd', reason });
    });
  }

  it('ends when nothing has come for 1.5 s after a stop', async () => {
    const idle = [500, 1499, 1500, 2000].map((idleMs): CallMediaEvent => ({ type: 'idle', idleMs }));
    const events = await read([...fragment(0), ...idle], { stopAtMs: 100_000 });
    expect(events.filter(({ type }) => type === 'idle')).toHaveLength(3);
    expect(events.at(-1)).toEqual({ type: 'readEnd', reason: 'stopped' });
  });

  it('waits through silence while no stop was asked for', async () => {
    const events = await read([{ type: 'idle', idleMs: 60_000 }, ...fragment(0)], {});
    expect(fragmentsOf(events)).toEqual(['0']);
  });

  it('leaves at the end of the fragment in which it is told to', async () => {
    const leaving = new AbortController();
    const passed: ReadEvent[] = [];
    const source = (async function* () {
      yield* media;
    })();
    const control = { look: async () => undefined, stopAtMs: undefined, fenced: false };
    for await (const event of readUntilStop(source, control, leaving.signal)) {
      passed.push(event);
      if (event.type === 'audio' && event.mediaMs > 1200) leaving.abort();
    }
    expect(fragmentsOf(passed)).toEqual(['0', '1']);
    expect(passed.at(-1)).toEqual({ type: 'readEnd', reason: 'handed-over' });
  });

  it('leaves at once while nothing comes', async () => {
    const events = await read([{ type: 'idle', idleMs: 250 }, ...fragment(0)], {}, AbortSignal.abort());
    expect(events).toEqual([{ type: 'readEnd', reason: 'handed-over' }]);
  });

  it('passes on why the media ended', async () => {
    const events = await read([...fragment(0), { type: 'end', reason: 'contact-changed' }], {});
    expect(events.at(-1)).toEqual({ type: 'readEnd', reason: 'contact-changed' });
  });
});
