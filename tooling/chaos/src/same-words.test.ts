import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCallMediaSource } from '@earshot/connect-media';
import { ensureStream, putCall } from '@earshot/connect-producer';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { startKvsEmulator } from '@earshot/kvs-emulator';
import {
  createMoonshineRecognizer,
  createSileroDetector,
  Endpointer,
  readWav,
  writeWav,
  type SpeechRecognizer,
  type VoiceActivityDetector,
} from '@earshot/speech';
import { createLogger } from '@earshot/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pcmAsBytes, type CallPcm } from './call-pcm.ts';
import { chaosSession } from './chaos-session.ts';
import { HeardAudio } from './heard-audio.ts';
import { MemorySession } from './memory-session.ts';
import type { Death } from './scenario.ts';
import { overAllWorkers } from './workers.ts';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const SAMPLE_RATE_HZ = 8000;
/** A part of the sample call in which both speak, a number among it. */
const FROM_S = 9;
const TO_S = 25;
const RUN_MS_MAX = 120_000;

interface Said {
  readonly role: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

async function clip(role: ParticipantRole): Promise<Int16Array> {
  const [pcm] = readWav(await readFile(join(checkout, 'tooling', 'sample-call', `${role}.wav`))).pcm;
  if (pcm === undefined) throw new Error(`Cannot read the ${role} of the sample call`);
  return pcm.slice(FROM_S * SAMPLE_RATE_HZ, TO_S * SAMPLE_RATE_HZ);
}

function inOrder(said: readonly Said[]): readonly Said[] {
  return said.toSorted((a, b) => a.startMs - b.startMs || a.role.localeCompare(b.role));
}

describe('the same audio', () => {
  let directory: string;
  let pcm: CallPcm;
  let detector: VoiceActivityDetector;
  let recognizer: SpeechRecognizer;
  let offline: readonly Said[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'earshot-words-'));
    pcm = { customer: await clip('customer'), agent: await clip('agent') };
    detector = await createSileroDetector();
    recognizer = await createMoonshineRecognizer({ cacheDirectory: join(directory, '.earshot', 'cache') });
    offline = inOrder(await transcribedOffline());
  }, RUN_MS_MAX);

  afterAll(async () => {
    await recognizer.close();
    await detector.close();
    await rm(directory, { recursive: true });
  });

  async function transcribedOffline(): Promise<readonly Said[]> {
    for (const role of PARTICIPANT_ROLES) {
      const wav = writeWav({ sampleRateHz: SAMPLE_RATE_HZ, pcm: [pcm[role]] });
      await writeFile(join(directory, `${role}.wav`), wav);
    }
    const command = join(checkout, 'packages', 'cli', 'src', 'main.ts');
    const args = [
      '--conditions=earshot-source',
      command,
      'transcribe',
      'customer.wav',
      'agent.wav',
      '--json',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory });
    return stdout
      .trimEnd()
      .split('\n')
      .map((line): Said => JSON.parse(line));
  }

  async function transcribedLive(speed: number, deaths: readonly Death[]): Promise<readonly Said[]> {
    const emulator = await startKvsEmulator({ drainMsMax: 20 });
    const source = createCallMediaSource({
      endpointUrl: emulator.url,
      credentials: async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
      logger: createLogger({ app: 'words', level: 'silent' }),
    });
    try {
      const endpoint = { endpointUrl: emulator.url, streamName: 'words' };
      const { streamArn } = await ensureStream({ ...endpoint, retentionHours: 1 });
      const media = { streamArn, selector: { type: 'NOW' } as const };
      const session = new MemorySession(chaosSession({ guid: 'words', media, acceptedAtMs: Date.now() }));
      const tracks = { customer: pcmAsBytes(pcm.customer), agent: pcmAsBytes(pcm.agent) };
      const played = putCall({ ...endpoint, contactId: 'words', tracks, speed }).then(async () => {
        const silence = { customer: new Uint8Array(16_384), agent: new Uint8Array(16_384) };
        await putCall({ ...endpoint, contactId: 'next', tracks: silence, speed: Number.POSITIVE_INFINITY });
      });
      const ears = {
        createEndpointer: (_role: ParticipantRole, restored: Parameters<typeof Endpointer.create>[2]) =>
          Endpointer.create(detector, {}, restored),
        recognizer,
      };
      const outcome = await overAllWorkers(deaths, { session, heard: new HeardAudio(), source, ears });
      await played;
      expect(outcome).toMatchObject({ type: 'ended', reason: 'contact-changed' });
      return session.messages.map(({ role, startMs, endMs, text }) => ({ role, startMs, endMs, text }));
    } finally {
      await source.close();
      await emulator.close();
    }
  }

  it.each([
    { given: 'in real time', speed: 1, deaths: [] },
    { given: 'at four times its pace', speed: 4, deaths: [] },
    {
      given: 'with workers killed in the middle',
      speed: 4,
      deaths: [120, 150, 170].map((afterEvents) => ({ type: 'kill' as const, afterEvents })),
    },
  ])(
    'gives the same utterances $given as from a file',
    async ({ speed, deaths }) => {
      expect(offline.length).toBeGreaterThan(3);
      expect(inOrder(await transcribedLive(speed, deaths))).toEqual(offline);
    },
    RUN_MS_MAX,
  );
});
