import type { CallMediaEvent, CallMediaRequest } from '@earshot/connect-media';
import { PARTICIPANT_ROLES, type MediaReport, type ParticipantRole } from '@earshot/domain';
import { Endpointer } from '@earshot/speech';
import { createScriptedDetector } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import type { CreateEndpointer } from './call-track.ts';
import { BLOCK_SAMPLES, BLOCKS, callEvents, PCM, world, ZERO_MS } from './testing/call-world.ts';
import { createSharedSession } from './testing/shared-session.ts';
import { transcribeCall } from './transcribe-call.ts';

/** The last block of a fragment: who begins to read behind it does not meet the damage. */
const LOST_BLOCK = 31;
const LOST_AT_MS = ZERO_MS + LOST_BLOCK * 64;

/** What has to be heard: everything, and silence for the block that is damaged. */
const WANTED: Readonly<Record<ParticipantRole, Int16Array>> = {
  customer: PCM.customer
    .slice(0, BLOCKS * BLOCK_SAMPLES)
    .fill(0, LOST_BLOCK * BLOCK_SAMPLES, (LOST_BLOCK + 1) * BLOCK_SAMPLES),
  agent: PCM.agent.slice(0, BLOCKS * BLOCK_SAMPLES),
};

/** The call with a damaged block, and odd blocks and reconnects within and behind every third fragment. */
function* noisyEvents({ start }: CallMediaRequest): Generator<CallMediaEvent> {
  const fromFragment = start.type === 'resume' ? Number(start.fromFragmentNumber) : 1;
  let fragment: CallMediaEvent | undefined;
  let afterLoss: true | undefined;
  let blocks = 0;
  for (const event of callEvents(fromFragment)) {
    const third = fragment?.type === 'fragment' && Number(fragment.fragmentNumber) % 3 === 0;
    if (event.type === 'audio') {
      blocks += 1;
      if (third && blocks === 11) yield* reconnect(fragment);
      if (event.role === 'customer' && event.mediaMs === LOST_AT_MS) {
        yield { type: 'problem', code: 'media.damaged', message: 'Cannot read block' };
        afterLoss = true;
        continue;
      }
      if (!third && afterLoss === undefined) {
        yield event;
        continue;
      }
      const first = { ...event, pcm: event.pcm.subarray(0, 333) };
      yield afterLoss !== undefined && event.role === 'customer' ? { ...first, afterLoss } : first;
      if (event.role === 'customer') afterLoss = undefined;
      yield { ...event, pcm: event.pcm.subarray(333), mediaMs: Math.round(event.mediaMs + 333 / 16) };
      continue;
    }
    if (event.type === 'fragment') [fragment, blocks] = [event, 0];
    yield event;
    if (event.type === 'fragmentEnd' && third) {
      yield* reconnect(undefined);
      yield { type: 'duplicate', fragmentNumber: event.fragmentNumber };
    }
  }
}

/** A connection lost within a fragment begins it again and gives the blocks that were not given before. */
function* reconnect(within: CallMediaEvent | undefined): Generator<CallMediaEvent> {
  yield { type: 'idle', idleMs: 250 };
  yield { type: 'retrying', code: 'media.throttled', failingForMs: 250 };
  yield { type: 'reconnected', reason: 'cut', attempt: 1 };
  if (within !== undefined) yield within;
}

/** Keeps what reaches the endpointers of all workers, by position; says what does not agree. */
function listen() {
  const heard = { customer: new Heard(), agent: new Heard() };
  const createEndpointer: CreateEndpointer = (role, restored) => {
    const inner = Endpointer.create(createScriptedDetector(), {}, restored);
    return {
      get receivedSamples() {
        return inner.receivedSamples;
      },
      get likely() {
        return inner.likely;
      },
      push(pcm) {
        heard[role].note(inner.receivedSamples, pcm);
        return inner.push(pcm);
      },
      flush: () => inner.flush(),
      snapshot: () => inner.snapshot(),
    };
  };
  return { heard, createEndpointer };
}

class Heard {
  readonly faults: string[] = [];
  readonly #samples = new Int16Array(2 * BLOCKS * BLOCK_SAMPLES);
  #length = 0;

  get pcm(): Buffer {
    return bytes(this.#samples.subarray(0, this.#length));
  }

  note(at: number, pcm: Int16Array): void {
    if (at > this.#length) this.faults.push(`a hole before sample ${at}`);
    const known = this.#samples.subarray(at, Math.min(this.#length, at + pcm.length));
    if (!bytes(known).equals(bytes(pcm.subarray(0, known.length)))) this.faults.push(`sample ${at} changed`);
    this.#samples.set(pcm, at);
    this.#length = Math.max(this.#length, at + pcm.length);
  }
}

type Way = 'killed' | 'told to leave' | 'told to leave at once';

/** Plays the call over two workers, the first of which goes after `leaveAfter` events. */
async function play(way: Way, leaveAfter: number, clockStepMs: number) {
  const session = createSharedSession();
  const ear = listen();
  const leaving = new AbortController();
  let events = 0;
  const options = {
    clockStepMs,
    // Grace that never ends, or none at all.
    pause: way === 'told to leave' ? untilAborted : async () => undefined,
  };
  const first = world({
    ...options,
    control: {
      get fenced() {
        return session.leaseEpoch > 1;
      },
    },
    async *events(request) {
      for (const event of noisyEvents(request)) {
        if (events === leaveAfter) {
          if (way === 'killed') session.take();
          leaving.abort(new Error('closing'));
        }
        events += 1;
        yield event;
      }
    },
  });
  const deps = { calls: session.calls, createEndpointer: ear.createEndpointer };
  const outcome = await transcribeCall({ ...first.deps, ...deps }, session.take(), leaving.signal);
  const second = world({ clockStepMs, events: noisyEvents });
  const last =
    outcome.type === 'ended'
      ? outcome
      : await transcribeCall({ ...second.deps, ...deps }, session.take(), new AbortController().signal);
  return { ...ear, outcome, last, events, ids: session.commits.map(({ message }) => message.messageId) };
}

function untilAborted(_delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('closed')), { once: true });
  });
}

/** What is counted by position in the media. */
function positions(report: MediaReport) {
  const { fragmentCount, damageCount, filled, gaps } = report;
  return { fragmentCount, damageCount, filled, gaps };
}

describe('transcribeCall over two workers', async () => {
  const whole = await play('killed', Number.POSITIVE_INFINITY, 1000);

  it('hears every sample of a noisy call', () => {
    for (const role of PARTICIPANT_ROLES) {
      expect(whole.heard[role].faults).toEqual([]);
      expect(whole.heard[role].pcm.equals(bytes(WANTED[role]))).toBe(true);
    }
    expect(whole.ids).toHaveLength(3);
    expect(whole.last).toMatchObject({
      type: 'ended',
      mediaReport: {
        fragmentCount: 9,
        damageCount: 1,
        duplicateFragmentCount: 3,
        reconnects: { cut: 6 },
        filled: { customer: { count: 1, totalMs: 64, longestMs: 64 }, agent: { count: 0 } },
        lastTrouble: { code: 'media.throttled' },
      },
    });
  });

  const ways: readonly { way: Way; clockStepMs: number; saves: string }[] = [
    { way: 'killed', clockStepMs: 1000, saves: 'every fragment' },
    { way: 'killed', clockStepMs: 20, saves: 'now and then' },
    { way: 'told to leave', clockStepMs: 20, saves: 'now and then' },
    { way: 'told to leave at once', clockStepMs: 20, saves: 'now and then' },
  ];
  for (const { way, clockStepMs, saves } of ways) {
    it(`loses and doubles nothing wherever the first is ${way}, saving ${saves}`, async () => {
      for (let leaveAfter = 0; leaveAfter < whole.events; leaveAfter += 1) {
        const played = await play(way, leaveAfter, clockStepMs);
        expect([leaveAfter, played.ids]).toEqual([leaveAfter, whole.ids]);
        for (const role of PARTICIPANT_ROLES) {
          const { faults, pcm } = played.heard[role];
          expect([leaveAfter, faults, pcm.equals(whole.heard[role].pcm)]).toEqual([leaveAfter, [], true]);
        }
        if (played.last.type !== 'ended' || whole.last.type !== 'ended') throw new Error('It did not end');
        expect(played.last.progress).toEqual(whole.last.progress);
        expect([leaveAfter, positions(played.last.mediaReport)]).toEqual([
          leaveAfter,
          positions(whole.last.mediaReport),
        ]);
      }
    });
  }

  it('leaves at the end of a fragment with nothing of it to be read again', async () => {
    const { outcome, events } = await play('told to leave', 10, 1000);
    expect(outcome).toEqual({ type: 'handed-over' });
    const [contact, begin, blocks, end] = [1, 1, 32, 1];
    expect(events).toBe(contact + begin + blocks + end);
  });
});

function bytes(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
