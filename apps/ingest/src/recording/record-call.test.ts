import { setImmediate } from 'node:timers/promises';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { scriptedPcm } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import { callEvents, world, ZERO_MS, type CallPcm } from '../testing/call-world.ts';
import { readCheckpoint } from '../checkpoint.ts';
import { createRecordedSession, type RecordedSession } from '../testing/recorded-session.ts';
import { createSharedSession, type SharedSession } from '../testing/shared-session.ts';
import { transcribeCall } from '../transcribe-call.ts';
import type { RecordingPlace } from './open-recorder.ts';

const never = new AbortController().signal;
const SPEECH = { amplitude: 8000 };
/** Heard as silence, and not silent. */
const HUM = { amplitude: 20 };

/** 40 s: each side speaks now and then, once both at a time. */
const PCM: CallPcm = {
  customer: scriptedPcm([
    { durationMs: 512, ...HUM },
    { durationMs: 1024, ...SPEECH },
    { durationMs: 8464, ...HUM },
    { durationMs: 2000, ...SPEECH },
    { durationMs: 18_000, ...HUM },
    { durationMs: 1024, ...SPEECH },
    { durationMs: 8976, ...HUM },
  ]),
  agent: scriptedPcm([
    { durationMs: 2560, ...HUM },
    { durationMs: 1216, ...SPEECH },
    { durationMs: 7000, ...HUM },
    { durationMs: 2000, ...SPEECH },
    { durationMs: 12_224, ...HUM },
    { durationMs: 3000, ...SPEECH },
    { durationMs: 12_000, ...HUM },
  ]),
};
const TEXT = 'My PIN number is one two three four.';
const SAMPLES_PER_MS = 8;

function fragmentOf(request: { start: { type: string; fromFragmentNumber?: string } }): number {
  return request.start.type === 'resume' ? Number(request.start.fromFragmentNumber) : 1;
}

interface Leaving {
  readonly way: 'killed' | 'told to leave';
  readonly afterEvents: number;
}

/** Plays the call over one worker more than leave. */
async function play(leavings: readonly Leaving[] = [], change: { clockStepMs?: number } = {}) {
  const session = createSharedSession();
  const recorded = createRecordedSession(session);
  const options = { text: TEXT, clockStepMs: 100, recording: recorded.place, ...change };
  let events = 0;

  async function playLease(leaving: Leaving | undefined) {
    const lease = recorded.take();
    const leave = new AbortController();
    let leaseEvents = 0;
    const { deps } = world({
      ...options,
      control: {
        get fenced() {
          return session.leaseEpoch > lease.leaseEpoch;
        },
      },
      pause: untilAborted,
      async *events(request) {
        for (const event of callEvents(fragmentOf(request), PCM)) {
          if (leaseEvents === leaving?.afterEvents) {
            if (leaving.way === 'killed') session.take();
            leave.abort(new Error('closing'));
          }
          leaseEvents += 1;
          yield event;
        }
      },
    });
    const outcome = await transcribeCall({ ...deps, calls: session.calls }, lease, leave.signal);
    events += leaseEvents;
    return outcome;
  }

  let outcome = await playLease(leavings[0]);
  for (const leaving of [...leavings.slice(1), undefined]) {
    if (outcome.type !== 'ended') outcome = await playLease(leaving);
  }
  return { outcome, session, recorded, events, ...(await recorded.play()) };
}

function untilAborted(_delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('closed')), { once: true });
  });
}

/** Of the event loop, so that what goes on meanwhile does. */
async function aFewTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}

/** One side of a stereo recording. */
function sideOf(pcm: Buffer, role: ParticipantRole): Int16Array {
  const samples = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
  const offset = role === 'customer' ? 0 : 1;
  return Int16Array.from({ length: samples.length / 2 }, (_, index) => samples[2 * index + offset] ?? 0);
}

describe('a recorded call', async () => {
  const whole = await play();

  it('is what was said, silent wherever something was masked, on both sides', () => {
    const findings = whole.session.commits.flatMap((commit) => commit.findings ?? []);
    expect(findings).toHaveLength(whole.session.commits.length);
    for (const role of PARTICIPANT_ROLES) {
      const side = sideOf(whole.pcm, role);
      expect(side).toHaveLength(PCM[role].length - (PCM[role].length % 512));
      let heardCount = 0;
      for (const [index, sample] of side.entries()) {
        const atMs = index / SAMPLES_PER_MS;
        const isMasked = findings.some(({ startMs, endMs }) => atMs >= startMs && atMs < endMs);
        const isNear = findings.some(({ startMs, endMs }) => atMs >= startMs - 300 && atMs < endMs + 700);
        if (isMasked && sample !== 0) throw new Error(`sample ${index} of the ${role} is heard`);
        if (!isNear && sample !== PCM[role][index]) throw new Error(`sample ${index} of the ${role} changed`);
        if (!isNear) heardCount += 1;
      }
      expect(heardCount).toBeGreaterThan(20_000 * SAMPLES_PER_MS);
    }
  });

  it('has each message as a caption at its time', () => {
    const want = whole.session.commits.map(({ message: { role, startMs, endMs, text } }) => ({
      role,
      startMs,
      endMs,
      text,
    }));
    expect(whole.captions).toEqual(want.toSorted((a, b) => a.startMs - b.startMs));
    expect(JSON.stringify(whole.captions)).not.toContain('one two three four');
  });

  it('is stored in parts as the call goes on, each once', () => {
    const { parts, objects, closed } = whole.recorded;
    expect(parts.length).toBeGreaterThanOrEqual(4);
    expect(objects.size).toBe(parts.length);
    expect(closed).toEqual({ lost: undefined });
    for (const [index, part] of parts.entries()) expect(part.fromMs).toBe(parts[index - 1]?.toMs ?? 0);
  });

  const ways: readonly { way: Leaving['way']; clockStepMs: number }[] = [
    { way: 'killed', clockStepMs: 1000 },
    { way: 'killed', clockStepMs: 50 },
    { way: 'told to leave', clockStepMs: 50 },
  ];
  it.each(ways)(
    'is the same, byte for byte, wherever a worker is $way, clock step $clockStepMs',
    async (given) => {
      let sharedCount = 0;
      for (let afterEvents = 1; afterEvents < whole.events; afterEvents += 61) {
        const played = await play([{ ...given, afterEvents }], given);
        expect([afterEvents, played.captions]).toEqual([afterEvents, whole.captions]);
        expect([afterEvents, played.pcm.equals(whole.pcm)]).toEqual([afterEvents, true]);
        for (const { holes } of played.recorded.parts) expect(holes).toEqual([]);
        expect(played.recorded.objects.size).toBe(played.recorded.parts.length);
        const epochs = new Set(played.recorded.parts.map(({ objectKey }) => objectKey.split('-').at(-2)));
        if (epochs.size > 1) sharedCount += 1;
      }
      expect(sharedCount).toBeGreaterThan(5);
    },
  );

  it('is the same when who takes over leaves before it has heard as much as the one before', async () => {
    for (const [killedAfter, leavesAfter] of [
      [270, 20],
      [270, 100],
      [600, 40],
      [600, 200],
      [1000, 5],
    ] as const) {
      const played = await play([
        { way: 'killed', afterEvents: killedAfter },
        { way: 'told to leave', afterEvents: leavesAfter },
      ]);
      const given = { killedAfter, leavesAfter };
      expect({ ...given, captions: played.captions }).toEqual({ ...given, captions: whole.captions });
      expect({ ...given, isSame: played.pcm.equals(whole.pcm) }).toEqual({ ...given, isSame: true });
      expect(played.recorded.parts.flatMap(({ holes }) => holes)).toEqual([]);
    }
  });
});

/** The call several times over. */
function longPcm(times: number): CallPcm {
  const repeat = (samples: Int16Array): Int16Array => {
    const all = new Int16Array(samples.length * times);
    for (let index = 0; index < times; index += 1) all.set(samples, index * samples.length);
    return all;
  };
  return { customer: repeat(PCM.customer), agent: repeat(PCM.agent) };
}

interface OneWorker {
  readonly pcm?: CallPcm;
  readonly isAllowed?: boolean;
  /** Whether a block comes; all by default. */
  readonly comes?: (role: ParticipantRole, atMs: number) => boolean;
  /** Before the fragment of this number, 1 the first. */
  readonly beforeFragment?: (fragmentNumber: number, recorded: RecordedSession) => void;
  readonly place?: (place: RecordingPlace) => RecordingPlace;
  readonly calls?: (calls: SharedSession['calls']) => SharedSession['calls'];
}

/** Plays the call over one worker. */
async function playOnce({ pcm = PCM, isAllowed = true, comes, beforeFragment, place, calls }: OneWorker) {
  const session = createSharedSession();
  const recorded = createRecordedSession(session);
  const { deps } = world({
    text: TEXT,
    recording: place?.(recorded.place) ?? recorded.place,
    pause: aFewTurns,
    async *events() {
      for (const event of callEvents(1, pcm)) {
        if (event.type === 'fragment') beforeFragment?.(Number(event.fragmentNumber), recorded);
        if (event.type !== 'audio' || comes?.(event.role, event.mediaMs - ZERO_MS) !== false) yield event;
      }
    },
  });
  const lease = isAllowed ? recorded.take() : session.take();
  const store = calls?.(session.calls) ?? session.calls;
  const outcome = await transcribeCall({ ...deps, calls: store }, lease, never);
  return { outcome, session, recorded };
}

describe('a recording whose store fails', () => {
  it('keeps no message waiting, and is given up with the call', async () => {
    const beforeFragment: OneWorker['beforeFragment'] = (_number, recorded) => recorded.breakObjects(true);
    const { outcome, session, recorded } = await playOnce({ beforeFragment });
    expect(outcome.type).toBe('ended');
    expect(session.commits).toHaveLength(6);
    expect([recorded.parts, recorded.objects.size]).toEqual([[], 0]);
    expect(recorded.closed).toEqual({ lost: { fromMs: 0, toMs: 40_000 } });
  });

  it('loses nothing when it works again within a minute', async () => {
    const beforeFragment: OneWorker['beforeFragment'] = (number, recorded) =>
      recorded.breakObjects(number >= 5 && number < 35);
    const whole = await playOnce({});
    const { recorded } = await playOnce({ beforeFragment });
    expect(recorded.parts.flatMap(({ holes }) => holes)).toEqual([]);
    expect((await recorded.play()).pcm.equals((await whole.recorded.play()).pcm)).toBe(true);
  });

  it('has a hole of the oldest audio when it fails for longer, and every caption', async () => {
    const pcm = longPcm(4);
    const beforeFragment: OneWorker['beforeFragment'] = (number, recorded) =>
      recorded.breakObjects(number >= 25 && number < 120);
    const { recorded, session } = await playOnce({ pcm, beforeFragment });
    const holes = recorded.parts.flatMap((part) => part.holes);
    expect(holes).toHaveLength(1);
    const [hole = { fromMs: 0, toMs: 0 }] = holes;
    expect(hole.toMs - hole.fromMs).toBeGreaterThanOrEqual(30_000);
    expect(hole.toMs - hole.fromMs).toBeLessThanOrEqual(70_000);
    const { pcm: heard, captions } = await recorded.play();
    const customer = sideOf(heard, 'customer');
    expect(customer).toHaveLength(pcm.customer.length);
    const inHole = customer.subarray(hole.fromMs * SAMPLES_PER_MS, hole.toMs * SAMPLES_PER_MS);
    expect(inHole.every((sample) => sample === 0)).toBe(true);
    const behind = customer.subarray(-8000 * SAMPLES_PER_MS, -1000 * SAMPLES_PER_MS);
    expect(behind).toEqual(pcm.customer.subarray(-8000 * SAMPLES_PER_MS, -1000 * SAMPLES_PER_MS));
    expect(captions).toHaveLength(session.commits.length);
  });

  it('lets a checkpoint wait for what is not stored, and no longer than it is held', async () => {
    const marks: number[] = [];
    const calls: OneWorker['calls'] = (inner) => ({
      ...inner,
      async saveProgress(input) {
        const { checkpoint } = input;
        marks.push(readCheckpoint(checkpoint)?.mark.tracks.customer.samples ?? 0);
        return await inner.saveProgress(input);
      },
    });
    const beforeFragment: OneWorker['beforeFragment'] = (_number, recorded) => recorded.breakObjects(true);
    await playOnce({ pcm: longPcm(4), beforeFragment, calls });
    const savedAfterMs = (ms: number): number => (marks[Math.floor(ms / 1024)] ?? 0) / SAMPLES_PER_MS;
    expect(savedAfterMs(50_000)).toBe(0);
    expect(savedAfterMs(150_000)).toBeGreaterThan(80_000);
  });

  it('tells the hole that a worker leaves which dies meanwhile, with every caption', async () => {
    const pcm = longPcm(4);
    const session = createSharedSession();
    const recorded = createRecordedSession(session);
    const options = { text: TEXT, recording: recorded.place };
    const dying = new AbortController();
    const first = world({
      ...options,
      pause: aFewTurns,
      control: {
        get fenced() {
          return session.leaseEpoch > 1;
        },
      },
      async *events() {
        for (const event of callEvents(1, pcm)) {
          if (event.type === 'fragment' && event.fragmentNumber === '25') recorded.breakObjects(true);
          if (event.type === 'fragment' && event.fragmentNumber === '120') {
            session.take();
            dying.abort(new Error('killed'));
          }
          yield event;
        }
      },
    });
    await transcribeCall({ ...first.deps, calls: session.calls }, recorded.take(), dying.signal);
    const storedToMs = recorded.parts.at(-1)?.toMs ?? 0;
    recorded.breakObjects(false);
    const second = world({ ...options, events: (request) => callEvents(fragmentOf(request), pcm) });
    await transcribeCall({ ...second.deps, calls: session.calls }, recorded.take(), never);
    const holes = recorded.parts.flatMap((part) => part.holes);
    expect(holes).toEqual([{ fromMs: storedToMs, toMs: expect.any(Number) }]);
    const toMs = holes[0]?.toMs ?? 0;
    const { pcm: heard, captions } = await recorded.play();
    expect(captions).toHaveLength(session.commits.length);
    const customer = sideOf(heard, 'customer');
    expect(customer).toHaveLength(pcm.customer.length);
    const inHole = customer.subarray(storedToMs * SAMPLES_PER_MS, toMs * SAMPLES_PER_MS);
    expect(inHole.every((sample) => sample === 0)).toBe(true);
    const around = [storedToMs - 500, toMs + 100].map((atMs) => atMs * SAMPLES_PER_MS);
    for (const at of around) {
      expect(customer.subarray(at, at + 3000)).toEqual(pcm.customer.subarray(at, at + 3000));
    }
  });

  it('is stopped, and the call is not, by what can never be stored', async () => {
    const place: OneWorker['place'] = (inner) => ({
      ...inner,
      recordings: { ...inner.recordings, addPart: async () => ({ type: 'refused' }) },
    });
    const { outcome, recorded, session } = await playOnce({ place });
    expect(outcome.type).toBe('ended');
    expect(session.commits).toHaveLength(6);
    expect(recorded.objects.size).toBe(0);
  });
});

describe('a recording of media that is not whole', () => {
  it('keeps its time over holes of any length, which are silent', async () => {
    const isHole = (atMs: number): boolean =>
      (atMs >= 5120 && atMs < 5632) || (atMs >= 14_016 && atMs < 20_032);
    const { recorded, session } = await playOnce({ comes: (_role, atMs) => !isHole(atMs) });
    const { pcm, captions } = await recorded.play();
    expect(captions).toHaveLength(session.commits.length);
    expect(session.commits.map(({ message }) => message.startMs).toSorted((a, b) => a - b)).toEqual([
      512, 2560, 9984, 10_752, 24_992, 29_984,
    ]);
    const customer = sideOf(pcm, 'customer');
    for (const atMs of [4900, 5200, 5700, 13_500, 15_000, 19_000, 20_100, 24_000, 35_000]) {
      const heard = customer.subarray(atMs * SAMPLES_PER_MS, (atMs + 100) * SAMPLES_PER_MS);
      const said = PCM.customer.slice(atMs * SAMPLES_PER_MS, (atMs + 100) * SAMPLES_PER_MS);
      expect([atMs, heard]).toEqual([atMs, isHole(atMs) ? said.fill(0) : said]);
    }
  });

  it('has the other side whole where one never came', async () => {
    const { recorded } = await playOnce({ comes: (role) => role === 'customer' });
    const { pcm, captions } = await recorded.play();
    expect(sideOf(pcm, 'agent').every((sample) => sample === 0)).toBe(true);
    expect(sideOf(pcm, 'customer').subarray(-8000)).toEqual(PCM.customer.subarray(-8000));
    expect(captions).toHaveLength(3);
    expect(recorded.parts.length).toBeGreaterThanOrEqual(3);
  });

  it('goes on where one side stops within its words, and has every caption', async () => {
    const comes: OneWorker['comes'] = (role, atMs) => role === 'customer' || atMs < 3008 || atMs > 60_000;
    const { recorded, session } = await playOnce({ pcm: longPcm(3), comes });
    const { pcm, captions } = await recorded.play();
    expect(captions).toHaveLength(session.commits.length);
    expect(recorded.parts.flatMap(({ holes }) => holes)).toEqual([]);
    const behind = sideOf(pcm, 'customer').subarray(-8000);
    expect(behind).toEqual(PCM.customer.subarray(-8000));
  });
});

describe('a call that is not to be recorded', () => {
  it('leaves nothing', async () => {
    const touched: string[] = [];
    const watch = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(of, name, receiver): unknown {
          touched.push(String(name));
          return Reflect.get(of, name, receiver);
        },
      });
    const place: OneWorker['place'] = ({ objects, recordings }) => ({
      objects: watch(objects),
      recordings: watch(recordings),
    });
    const { outcome, recorded } = await playOnce({ isAllowed: false, place });
    expect(outcome.type).toBe('ended');
    expect([touched, recorded.objects.size, recorded.parts]).toEqual([[], 0, []]);
  });
});

describe('a worker that has lost the session', () => {
  it('leaves no part, whenever that happened', async () => {
    for (const fragment of [8, 11, 12, 13, 20, 30]) {
      const session = { partCount: 0, objectCount: 0 };
      const { outcome, recorded } = await playOnce({
        beforeFragment: (number, { parts, objects, take }) => {
          if (number !== fragment) return;
          take();
          Object.assign(session, { partCount: parts.length, objectCount: objects.size });
        },
      });
      expect(outcome).toEqual({ type: 'fenced' });
      expect([recorded.parts.length, recorded.objects.size]).toEqual([session.partCount, session.partCount]);
    }
  });
});
