import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCallMediaSource } from '@earshot/connect-media';
import { ensureStream, putCall } from '@earshot/connect-producer';
import { msToSamples } from '@earshot/domain';
import { startKvsEmulator } from '@earshot/kvs-emulator';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { chaosSession } from './chaos-session.ts';
import { HashedAudio } from './hashed-audio.ts';
import { longSide } from './long-call.ts';
import { MemorySession } from './memory-session.ts';
import { overAllWorkers } from './workers.ts';

const MINUTES = 240;
const MIB = 1024 * 1024;
/** 45 minutes of fragments: a GetMedia session lasts no longer. */
const SESSION_FRAGMENTS = Math.round((45 * 60_000) / 1024);
/** Media put but not heard yet; the emulator keeps a little more. */
const AHEAD_SAMPLES_MAX = msToSamples(90_000);
/** Fifty minutes: progress is saved once a second, in which this call gets on by many minutes. */
const RETENTION_BYTES_MAX = 96 * MIB;
/** Events of a fragment: 32 blocks, its begin and its end. */
const EVENTS_AN_HOUR = Math.round((34 * 3_600_000) / 1024);
/** What is on its way at one moment differs by tens of megabytes: an hour counts by its median. */
const SAMPLE_MINUTES = 5;
const GROWTH_BYTES_MAX = 24 * MIB;
const RUN_MS_MAX = 300_000;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function memoryBytes(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function hourMedian(samples: readonly number[], hour: number): number {
  const perHour = 60 / SAMPLE_MINUTES;
  const ordered = samples.slice((hour - 1) * perHour, hour * perHour).toSorted((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? Number.NaN;
}

describe('a call of four hours', () => {
  it(
    'is heard byte for byte over session ends, cuts and dead workers, in flat memory',
    async () => {
      const emulator = await startKvsEmulator({ retentionBytesMax: RETENTION_BYTES_MAX, drainMsMax: 20 });
      const logger = createLogger({ app: 'soak', level: 'silent' });
      const credentials = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
      const source = createCallMediaSource({ endpointUrl: emulator.url, credentials, logger });
      const memoryByMinute: number[] = [];
      let wake = (): void => undefined;
      const heard = new HashedAudio(() => {
        const minute = Math.floor(heard.samples / msToSamples(60_000));
        if (minute % SAMPLE_MINUTES === 0) memoryByMinute[minute / SAMPLE_MINUTES] ??= memoryBytes();
        wake();
      });
      /** The producer waits for the ears: a real call is no faster than that either. */
      const ready = async (sample: number): Promise<void> => {
        while (sample - heard.samples > AHEAD_SAMPLES_MAX)
          await new Promise<void>((resolve) => (wake = resolve));
      };
      try {
        const endpointUrl = emulator.url;
        const { streamArn } = await ensureStream({ endpointUrl, streamName: 'soak', retentionHours: 24 });
        emulator.setFaults({
          streamName: 'soak',
          faults: [
            { kind: 'session-end', afterFragments: SESSION_FRAGMENTS },
            { kind: 'cut', afterBytes: 50_000_003, times: 3 },
          ],
        });
        const sides = {
          customer: longSide('customer', MINUTES, ready),
          agent: longSide('agent', MINUTES, ready),
        };
        const contactId = 'long-call';
        const acceptedAtMs = Date.now();
        const put = putCall({
          endpointUrl,
          streamName: 'soak',
          contactId,
          tracks: { customer: sides.customer.pcm, agent: sides.agent.pcm },
          speed: Number.POSITIVE_INFINITY,
        }).then(async (sent) => {
          await putCall({ ...silence, endpointUrl, streamName: 'soak', contactId: 'the-next-caller' });
          return sent;
        });
        const media = { streamArn, selector: { type: 'NOW' } as const };
        const session = new MemorySession(chaosSession({ guid: contactId, media, acceptedAtMs }));
        const deaths = [1, 1, 1].map((hours) => ({
          type: 'kill' as const,
          afterEvents: Math.round(hours * EVENTS_AN_HOUR * 0.97),
        }));
        const outcome = await overAllWorkers(deaths, { session, heard, source });
        const sent = await put;

        expect(outcome).toMatchObject({ type: 'ended', reason: 'contact-changed' });
        expect(heard.digest('customer')).toBe(sides.customer.digest());
        expect(heard.digest('agent')).toBe(sides.agent.digest());
        const audioBytes = sent.customerBytes;
        expect(audioBytes).toBeGreaterThanOrEqual(MINUTES * 60 * 16_000);
        expect(outcome).toMatchObject({
          progress: [
            { role: 'customer', audioBytes },
            { role: 'agent', audioBytes },
          ],
        });
        expect(session.messages.length).toBeGreaterThan(MINUTES * 10);
        expect(new Set(session.messages.map(({ messageId }) => messageId)).size).toBe(
          session.messages.length,
        );
        expect(hourMedian(memoryByMinute, 4) - hourMedian(memoryByMinute, 2)).toBeLessThan(GROWTH_BYTES_MAX);
        expect(emulator.faultLog('soak').map(({ kind }) => kind)).toEqual(
          expect.arrayContaining(['session-end', 'cut']),
        );
      } finally {
        await source.close();
        await emulator.close();
      }
    },
    RUN_MS_MAX,
  );
});

/** What ends the call: somebody else speaks in its stream. */
const silence = {
  tracks: { customer: new Uint8Array(16_384), agent: new Uint8Array(16_384) },
  speed: Number.POSITIVE_INFINITY,
  startAtMs: Date.now() + 24 * 3_600_000,
};
