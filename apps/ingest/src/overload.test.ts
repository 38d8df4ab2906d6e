import { setImmediate } from 'node:timers/promises';
import { createScriptedRecognizer } from '@earshot/speech/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';
import { DecodePressure } from './decode-pressure.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { lease, world } from './testing/call-world.ts';
import { transcribeCall } from './transcribe-call.ts';

const CALLS = 40;
const DECODE_MS = 200;
const WINDOW_MS = 8000;

/** A recogniser that takes its time, two decodes at once, by a clock that only decodes move. */
function slowEngine() {
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const metrics = createIngestMetrics(createMetrics('ingest'));
  const pressure = new DecodePressure({ clock, metrics }, WINDOW_MS);
  const admission = new Admission(
    { pressure, metrics, logger: createLogger({ app: 'ingest', level: 'silent' }) },
    { waitMsMax: 2000, waitingMax: 64 },
  );
  const seen = { closed: false, waitingMax: 0 };
  const scripted = createScriptedRecognizer(({ callId }) => `Spoken in ${callId}.`, {
    inFlightMax: 2,
    work: async () => {
      clock.nowMs += DECODE_MS / 2;
      if (!admission.look()) seen.closed = true;
      seen.waitingMax = Math.max(seen.waitingMax, pressure.waitingCount);
      await setImmediate();
    },
  });
  return { clock, admission, seen, recognizer: pressure.watch(scripted) };
}

describe('transcribeCall, far more calls than decodes', () => {
  it('commits every utterance of every call in order, takes no new calls meanwhile, and takes them again', async () => {
    const { clock, admission, seen, recognizer } = slowEngine();
    const calls = Array.from({ length: CALLS }, () => world());
    const outcomes = await Promise.all(
      calls.map(({ deps }) => transcribeCall({ ...deps, recognizer }, lease(), new AbortController().signal)),
    );
    expect(new Set(outcomes.map(({ type }) => type))).toEqual(new Set(['ended']));
    for (const { commits } of calls) {
      expect(commits.map(({ message }) => message.startMs)).toEqual([512, 2560, 6016]);
    }
    expect(seen.closed).toBe(true);
    expect(seen.waitingMax).toBeLessThanOrEqual(CALLS * 3);
    clock.nowMs += WINDOW_MS + 1;
    expect(admission.look()).toBe(true);
  });
});
