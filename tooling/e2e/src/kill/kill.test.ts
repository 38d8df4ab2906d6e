import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PARTICIPANT_ROLES } from '@earshot/domain';
import {
  newMasterKey,
  openCallDesk,
  startEmulator,
  type CallDesk,
  type NodeProcess,
} from '@earshot/scripted-ingest';
import { createDirectoryStore } from '@earshot/storage/objects';
import { createTestDatabase, testRedisUrl, type TestDatabase } from '@earshot/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whenEnded } from './ended-sessions.ts';
import { expectedMessages } from './expected-messages.ts';
import { startFleet, type IngestFleet, type TakeOver } from './ingest-fleet.ts';
import { playCall } from './played-call.ts';
import { readRecordedCall } from './recorded-call.ts';
import { between, seededRandom, type Random } from './seeded-random.ts';
import { bytesOf, makeSpokenCall } from './spoken-call.ts';
import { readStoredCall } from './stored-call.ts';

/** A moment is one call whose worker was killed; `verify:all` asks for more of them. */
const MOMENTS_MIN = Number(process.env['EARSHOT_KILL_MOMENTS'] ?? 10);
const SEED = Number(process.env['EARSHOT_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const CALLS_AT_ONCE = 5;
const MEDIA_MS = 38_400;
const HANDED_OVER_MEDIA_MS = 25_600;
const SPEED = 4;
const MOMENT_TIMEOUT_MS = 20_000;
const HAND_OVER_TIMEOUT_MS = 240_000;
const HAND_OVERS_MAX = 3;
const RECORDED = { audioRecordingAllowed: true };
/** Apart from what other tests keep in the shared Redis. */
const REDIS_DATABASE = 13;

function redisOfKillTests(): string | undefined {
  const url = testRedisUrl();
  return url === undefined ? undefined : `${url}/${REDIS_DATABASE}`;
}

/** Figures are for people; no test depends on them. */
function tell(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

function tellTimes(what: string, takeOvers: readonly TakeOver[]): void {
  const times = (isDisturbed: boolean): string =>
    takeOvers
      .filter((takeOver) => takeOver.isDisturbed === isDisturbed)
      .map(({ takenOverAfterMs }) => Math.round(takenOverAfterMs))
      .toSorted((a, b) => a - b)
      .join(', ');
  tell(
    `${what}: calls taken over after ${times(false)} ms; with more kills meanwhile after ${times(true)} ms`,
  );
}

function describeOn(backend: string, redisUrl: string | undefined): void {
  describe(`ingest processes with queues on ${backend}`, () => {
    let database: TestDatabase;
    let emulator: NodeProcess;
    let desk: CallDesk;
    let pool: pg.Pool;
    let fleet: IngestFleet;
    let recordingDirectory: string;

    beforeAll(async () => {
      database = await createTestDatabase();
      const databaseUrl = database.url;
      [emulator, desk] = await Promise.all([startEmulator(), openCallDesk({ databaseUrl, redisUrl })]);
      pool = new pg.Pool({ connectionString: databaseUrl });
      // A connection that breaks while idle: what is asked next tells.
      pool.on('error', () => undefined);
      const kinesisEndpointUrl = emulator.baseUrl;
      recordingDirectory = await mkdtemp(join(tmpdir(), 'earshot-kill-'));
      const masterKey = newMasterKey();
      fleet = await startFleet(
        { databaseUrl, redisUrl, kinesisEndpointUrl, masterKey, recordingDirectory },
        2,
      );
    });
    afterAll(async () => {
      await fleet?.close();
      await pool?.end();
      await desk?.close();
      await emulator?.stop();
      await database?.drop();
      await rm(recordingDirectory, { recursive: true, force: true });
    });

    /** Plays calls at once while `disturb` runs, and compares all that is stored with the samples played. */
    async function playAndCompare(
      random: Random,
      load: { readonly calls: number; readonly mediaMs: number },
      disturb: (over: AbortSignal) => Promise<void>,
    ) {
      const over = new AbortController();
      const compared = Array.from({ length: load.calls }, async () => {
        const pcm = makeSpokenCall(random, load.mediaMs);
        const call = await playCall({
          desk,
          endpointUrl: emulator.baseUrl,
          pcm,
          speed: SPEED,
          settings: RECORDED,
        });
        const ended = whenEnded(desk.storage, call.sessionId);
        await call.played;
        await ended;
        fleet.forget(call.sessionId);
        const { leases: _leases, ...stored } = await readStoredCall(pool, call.sessionId);
        const messages = await expectedMessages(pcm);
        expect(stored).toEqual({
          state: 'ended',
          endedReason: 'contact-changed',
          audioBytes: { customer: pcm.customer.byteLength, agent: pcm.agent.byteLength },
          messages,
          messageCount: messages.length,
          sequences: messages.map((_message, index) => index + 1),
        });
        const objects = createDirectoryStore(recordingDirectory);
        const recorded = await readRecordedCall(desk.storage, objects, call.session);
        const { problem, holes, keys } = recorded;
        expect({ problem, holes, objectCount: keys.length }).toEqual({
          problem: undefined,
          holes: [],
          objectCount: 1,
        });
        for (const role of PARTICIPANT_ROLES) {
          expect(Buffer.compare(bytesOf(recorded.pcm[role]), bytesOf(pcm[role]))).toBe(0);
        }
      });
      const settling = Promise.allSettled(compared).finally(() => over.abort());
      const [settled] = await Promise.all([settling, disturb(over.signal)]);
      for (const result of settled) if (result.status === 'rejected') throw result.reason;
    }

    it(
      `lose and double nothing when they are killed at ${MOMENTS_MIN} random moments of calls`,
      async () => {
        tell(`${backend}: EARSHOT_KILL_SEED=${SEED}`);
        const random = seededRandom(SEED);
        let moments = 0;
        while (moments < MOMENTS_MIN) {
          await playAndCompare(random, { calls: CALLS_AT_ONCE, mediaMs: MEDIA_MS }, async (over) => {
            const ends: Promise<void>[] = [];
            while (!over.aborted) {
              await delay(between(random, 200, 2000));
              const busy = fleet.busy();
              const victim = busy[between(random, 0, busy.length - 1)];
              if (victim === undefined || over.aborted) continue;
              const { calls, ended } = fleet.end(victim, 'SIGKILL');
              moments += calls;
              ends.push(ended);
            }
            await Promise.all(ends);
          });
        }
        tellTimes(`${backend}, killed`, fleet.takeOvers);
        expect(moments).toBeGreaterThanOrEqual(MOMENTS_MIN);
      },
      MOMENT_TIMEOUT_MS * MOMENTS_MIN,
    );

    it(
      'hand their calls over in the middle of speech when they are told to end',
      async () => {
        const random = seededRandom(SEED + 1);
        const before = fleet.takeOvers.length;
        await playAndCompare(random, { calls: 1, mediaMs: HANDED_OVER_MEDIA_MS }, async (over) => {
          for (let handOver = 0; handOver < HAND_OVERS_MAX && !over.aborted;) {
            await delay(between(random, 300, 1500));
            const [worker] = fleet.busy();
            if (worker === undefined) continue;
            handOver += 1;
            await fleet.end(worker, 'SIGTERM').ended;
          }
        });
        const handedOver = fleet.takeOvers.slice(before);
        tellTimes(`${backend}, handed over`, handedOver);
        // On a busy machine the call may be over before all of them have come.
        expect(handedOver.length).toBeGreaterThanOrEqual(1);
      },
      HAND_OVER_TIMEOUT_MS,
    );
  });
}

describeOn('PostgreSQL', undefined);

const redisUrl = redisOfKillTests();
describe.skipIf(redisUrl === undefined)('where a redis-server is on PATH', () => {
  describeOn('Redis', redisUrl);
});
