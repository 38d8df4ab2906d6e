import { createCallMediaSource, type CallMediaSource } from '@earshot/connect-media';
import type { ParticipantRole, TranscriptMessage } from '@earshot/domain';
import { createRecordedSession, type CallOutcome, type RecordedSession } from '@earshot/ingest/testing';
import { startKvsEmulator, type KvsEmulator } from '@earshot/kvs-emulator';
import { createLogger } from '@earshot/telemetry';
import { callPcm, type CallPcm } from './call-pcm.ts';
import { chaosSession } from './chaos-session.ts';
import { HeardAudio } from './heard-audio.ts';
import { MemorySession } from './memory-session.ts';
import { CONTACT_ID, playStream } from './play-stream.ts';
import { FRAGMENT_MS, type Scenario } from './scenario.ts';
import { createEndpointer, fingerprint, overAllWorkers } from './workers.ts';

export interface ScenarioOutcome {
  readonly pcm: CallPcm;
  readonly heard: HeardAudio;
  readonly messages: readonly TranscriptMessage[];
  readonly outcome: CallOutcome;
  readonly recorded: Awaited<ReturnType<RecordedSession['play']>>;
  readonly audioBytes: Readonly<Record<string, number>>;
  /** Fault kinds that struck. */
  readonly struck: ReadonlySet<string>;
}

/** Limits of the source, far beyond what a busy machine takes; a stalled body alone is waited for. */
const LIMITS = { openRetryMsMax: 60_000, bodyIdleMsMax: 2000, startSilenceMsMax: 20_000 };
const MEDIA_IDLE_MS_MAX = 60_000;
const EMULATOR = { drainMsMax: 20, idleMsMax: 3_000 };
const logger = createLogger({ app: 'chaos', level: 'silent' });

/** Plays the scenario's call and transcribes it, over as many workers as die. */
export async function runScenario(scenario: Scenario): Promise<ScenarioOutcome> {
  const emulator = await startKvsEmulator(EMULATOR);
  const source = createCallMediaSource({
    ...LIMITS,
    mediaIdleMsMax: scenario.mediaIdleMsMax ?? MEDIA_IDLE_MS_MAX,
    endpointUrl: emulator.url,
    credentials: async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
    logger,
  });
  try {
    return await transcribeScenario(scenario, emulator, source);
  } finally {
    await source.close();
    await emulator.close();
  }
}

async function transcribeScenario(
  scenario: Scenario,
  emulator: KvsEmulator,
  source: CallMediaSource,
): Promise<ScenarioOutcome> {
  const pcm = callPcm(scenario.seed, scenario.fragmentCount * FRAGMENT_MS);
  let acceptedAtMs = Date.now();
  const played = await playStream(emulator, scenario, pcm, () => (acceptedAtMs = Date.now()));
  const selector =
    scenario.start === 'NOW'
      ? ({ type: 'NOW' } as const)
      : { type: 'FRAGMENT_NUMBER' as const, afterFragmentNumber: await played.firstFragmentNumber };
  const media = { streamArn: played.streamArn, selector };
  const session = new MemorySession(chaosSession({ guid: CONTACT_ID, media, acceptedAtMs }));
  const heard = new HeardAudio();
  const recorded = createRecordedSession({
    get leaseEpoch() {
      return session.epoch;
    },
    get commits() {
      return session.messages.map((message) => ({ message, findings: [] }));
    },
    take: () => session.lease(),
  });
  const scene = { session, heard, source, recording: recorded.place };
  const outcome = await overAllWorkers(scenario.deaths ?? [], scene);
  await played.done;
  const progress = outcome.type === 'ended' ? outcome.progress : [];
  return {
    pcm,
    heard,
    messages: session.messages,
    outcome,
    recorded: await recorded.play(),
    audioBytes: Object.fromEntries(progress.map(({ role, audioBytes }) => [role, audioBytes])),
    struck: new Set(emulator.faultLog('chaos').map(({ kind }) => kind)),
  };
}

/** What an undisturbed worker would have cut from one side's audio, ended at each jump of the clock. */
export async function expectedTexts(
  role: ParticipantRole,
  pcm: Int16Array,
  jumps: readonly number[],
): Promise<readonly string[]> {
  const endpointer = createEndpointer(role, undefined);
  const texts: string[] = [];
  for (const [index, end] of [...jumps, pcm.length].entries()) {
    const part = pcm.subarray(jumps[index - 1] ?? 0, end);
    const segments = [...(await endpointer.push(part)), ...(await endpointer.flush())];
    texts.push(...segments.map(fingerprint));
  }
  return texts;
}
