import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { scriptedPcm } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import { callEvents, world, type CallPcm } from '../testing/call-world.ts';
import { createRecordedSession } from '../testing/recorded-session.ts';
import { createSharedSession } from '../testing/shared-session.ts';
import { transcribeCall } from '../transcribe-call.ts';

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

/** Plays the call over two workers, or over one. */
async function play(leaving?: Leaving, change: { clockStepMs?: number } = {}) {
  const session = createSharedSession();
  const recorded = createRecordedSession(session);
  const leave = new AbortController();
  let events = 0;
  const options = { text: TEXT, clockStepMs: 100, recording: recorded.place, ...change };
  const first = world({
    ...options,
    control: {
      get fenced() {
        return session.leaseEpoch > 1;
      },
    },
    pause: untilAborted,
    async *events(request) {
      for (const event of callEvents(fragmentOf(request), PCM)) {
        if (events === leaving?.afterEvents) {
          if (leaving.way === 'killed') session.take();
          leave.abort(new Error('closing'));
        }
        events += 1;
        yield event;
      }
    },
  });
  let outcome = await transcribeCall({ ...first.deps, calls: session.calls }, recorded.take(), leave.signal);
  if (outcome.type !== 'ended') {
    const second = world({ ...options, events: (request) => callEvents(fragmentOf(request), PCM) });
    outcome = await transcribeCall({ ...second.deps, calls: session.calls }, recorded.take(), never);
  }
  return { outcome, session, recorded, events, ...(await recorded.play()) };
}

function untilAborted(_delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('closed')), { once: true });
  });
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
        const played = await play({ ...given, afterEvents }, given);
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
});
