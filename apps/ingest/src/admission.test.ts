import type { SpeechRecognizer } from '@earshot/speech';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Admission, startAdmission } from './admission.ts';
import { DecodePressure } from './decode-pressure.ts';
import { createIngestMetrics } from './ingest-metrics.ts';

const SPEECH = { pcm: new Int16Array(800), language: 'en-US' };

/** An admission behind a recogniser that answers when it is told to, with a clock that is set. */
function waitingRoom() {
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const metrics = createMetrics('ingest');
  const ingestMetrics = createIngestMetrics(metrics);
  const pressure = new DecodePressure({ clock, metrics: ingestMetrics }, 10_000);
  const answers: (() => void)[] = [];
  const slow: SpeechRecognizer = {
    capabilities: { languages: ['en'], wordTimes: false, partials: 'none' },
    recognize: () =>
      new Promise((resolve) => {
        answers.push(() => resolve({ text: 'Hello.' }));
      }),
    close: async () => undefined,
  };
  const admission = new Admission(
    { pressure, metrics: ingestMetrics, logger: createLogger({ app: 'ingest', level: 'silent' }) },
    { waitMsMax: 2000, waitingMax: 20 },
  );
  const recognizer = pressure.watch(slow);
  return {
    admission,
    pressure,
    recognizer,
    metrics,
    askMany: (count: number) => Array.from({ length: count }, () => recognizer.recognize(SPEECH)),
    pass: (ms: number) => (clock.nowMs += ms),
    answerAll: () => answers.splice(0).forEach((answer) => answer()),
  };
}

async function openGauge({ metrics }: ReturnType<typeof waitingRoom>): Promise<string | undefined> {
  return /^asr_admission_open\S* (\d)$/m.exec((await metrics.render()).body)?.[1];
}

describe('Admission', () => {
  it('takes calls while texts come in time', async () => {
    const room = waitingRoom();
    const asked = room.askMany(20);
    room.pass(2000);
    expect(room.admission.look()).toBe(true);
    room.answerAll();
    await Promise.all(asked);
    expect([room.admission.look(), await openGauge(room)]).toEqual([true, '1']);
  });

  it('takes none while half of the texts wait longer than the limit, and all of them come in the end', async () => {
    const room = waitingRoom();
    const asked = room.askMany(6);
    room.pass(2001);
    expect([room.admission.look(), await openGauge(room)]).toEqual([false, '0']);
    room.answerAll();
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 6 }, () => ({ text: 'Hello.' })));
  });

  it('takes calls again once the late texts are out of the window', async () => {
    const room = waitingRoom();
    const asked = room.askMany(6);
    room.pass(3000);
    room.admission.look();
    room.answerAll();
    await Promise.all(asked);
    room.pass(10_000);
    expect(room.admission.look()).toBe(false);
    room.pass(1);
    expect(room.admission.look()).toBe(true);
  });

  it('takes none while too many texts wait, until half of them are left', async () => {
    const room = waitingRoom();
    const looks: boolean[] = [];
    const asked = room.askMany(21);
    looks.push(room.admission.look());
    room.answerAll();
    await Promise.all(asked);
    const again = room.askMany(11);
    looks.push(room.admission.look());
    room.answerAll();
    await Promise.all(again);
    looks.push(room.admission.look());
    expect(looks).toEqual([false, false, true]);
  });

  it('is not moved by a few late texts of a quiet process', () => {
    const room = waitingRoom();
    void room.askMany(4);
    room.pass(60_000);
    expect(room.admission.look()).toBe(true);
  });
});

describe('startAdmission', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('pauses the worker once, resumes it once texts come in time, and tries again what failed', async () => {
    const room = waitingRoom();
    const done: string[] = [];
    let failures = 0;
    const stop = startAdmission(
      room.admission,
      {
        pause: async () => {
          if (failures === 0) throw new Error('backend is away');
          done.push('paused');
        },
        resume: async () => {
          done.push('resumed');
        },
      },
      () => (failures += 1),
    );
    const asked = room.askMany(21);
    await vi.advanceTimersByTimeAsync(3000);
    room.answerAll();
    await Promise.all(asked);
    await vi.advanceTimersByTimeAsync(2000);
    await stop();
    expect([done, failures]).toEqual([['paused', 'resumed'], 1]);
  });
});

describe('DecodePressure', () => {
  it('counts a speculation from the moment somebody waits for it', async () => {
    const room = waitingRoom();
    const cut = new AbortController();
    const kept = room.recognizer.recognize({ ...SPEECH, priority: 'speculative', promotion: cut.signal });
    const unused = room.recognizer.recognize({ ...SPEECH, priority: 'speculative' });
    room.pass(140);
    expect(room.pressure.waitingCount).toBe(0);
    cut.abort();
    room.pass(60);
    expect([room.pressure.waitingCount, room.pressure.waitsMs()]).toEqual([1, [60]]);
    room.answerAll();
    await Promise.all([kept, unused]);
    expect([room.pressure.waitingCount, room.pressure.waitsMs()]).toEqual([0, [60]]);
  });

  it('counts what failed as answered', async () => {
    const room = waitingRoom();
    const broken = room.pressure.watch({
      capabilities: { languages: ['en'], wordTimes: false, partials: 'none' },
      recognize: async () => await Promise.reject(new Error('broken')),
      close: async () => undefined,
    });
    await expect(broken.recognize(SPEECH)).rejects.toThrow('broken');
    expect(room.pressure.waitingCount).toBe(0);
  });
});
