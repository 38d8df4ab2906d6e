import { setImmediate } from 'node:timers/promises';
import type { CallMediaEvent, CallMediaRequest } from '@earshot/connect-media';
import { PARTICIPANT_ROLES, type MediaReport, type ParticipantRole } from '@earshot/domain';
import { Endpointer } from '@earshot/speech';
import { createScriptedDetector, createScriptedRecognizer, scriptedPcm } from '@earshot/speech/testing';
import type {
  CommitUtteranceInput,
  CustomVocabulary,
  LeasedSession,
  SaveProgressInput,
  StoredRedactionSettings,
} from '@earshot/storage';
import { sampleSession, sampleStream } from '@earshot/storage/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import type { SessionControl } from '../control.ts';
import { createIngestMetrics } from '../ingest-metrics.ts';
import type { RecordingPlace } from '../recording/open-recorder.ts';
import { createTenantRedactions } from '../tenant-redactions.ts';
import type { TranscribeCallDeps } from '../transcribe-call.ts';

export const ZERO_MS = 1_700_000_000_000;
const BLOCK_MS = 64;
export const BLOCK_SAMPLES = 512;
const FRAGMENT_BLOCKS = 16;
const SPEECH = { amplitude: 8000 };
const SILENCE = { amplitude: 0 };

export type CallPcm = Readonly<Record<ParticipantRole, Int16Array>>;

/** Customer speaks at 0.5..1.5 s and 6..7 s, the agent at 2.5..3.7 s; 9 s in all. */
export const PCM: CallPcm = {
  customer: scriptedPcm([
    { durationMs: 512, ...SILENCE },
    { durationMs: 1024, ...SPEECH },
    { durationMs: 4480, ...SILENCE },
    { durationMs: 1024, ...SPEECH },
    { durationMs: 1920, ...SILENCE },
  ]),
  agent: scriptedPcm([
    { durationMs: 2560, ...SILENCE },
    { durationMs: 1216, ...SPEECH },
    { durationMs: 5184, ...SILENCE },
  ]),
};
export const BLOCKS = Math.floor(PCM.customer.length / BLOCK_SAMPLES);

function block(pcmOf: CallPcm, role: ParticipantRole, index: number): CallMediaEvent {
  const samples = pcmOf[role].subarray(index * BLOCK_SAMPLES, (index + 1) * BLOCK_SAMPLES);
  const pcm = new Uint8Array(
    samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.byteLength),
  );
  return { type: 'audio', role, pcm, mediaMs: ZERO_MS + index * BLOCK_MS };
}

/** The call as the media source tells it, from a fragment number on. */
export function* callEvents(fromFragment = 1, pcm: CallPcm = PCM): Generator<CallMediaEvent> {
  const blocks = Math.floor(pcm.customer.length / BLOCK_SAMPLES);
  if (fromFragment === 1) yield { type: 'contact', contactId: 'contact' };
  for (let first = (fromFragment - 1) * FRAGMENT_BLOCKS; first < blocks; first += FRAGMENT_BLOCKS) {
    const fragmentNumber = String(first / FRAGMENT_BLOCKS + 1);
    const timestampMs = ZERO_MS + first * BLOCK_MS;
    const times = { serverTimestampMs: timestampMs, producerTimestampMs: timestampMs };
    yield { type: 'fragment', fragmentNumber, contactId: 'contact', roles: PARTICIPANT_ROLES, ...times };
    for (let index = first; index < Math.min(first + FRAGMENT_BLOCKS, blocks); index += 1) {
      yield block(pcm, 'customer', index);
      yield block(pcm, 'agent', index);
    }
    yield { type: 'fragmentEnd', fragmentNumber, millisBehindNow: 0 };
  }
  yield { type: 'end', reason: 'media-ended' };
}

/** A call and everything around it, played by fakes that keep what they are given. */
export interface World {
  readonly deps: TranscribeCallDeps;
  readonly commits: CommitUtteranceInput[];
  readonly saved: SaveProgressInput[];
  readonly reports: MediaReport[];
  readonly requests: CallMediaRequest[];
}

export interface WorldOptions {
  readonly events?: (request: CallMediaRequest) => AsyncIterable<CallMediaEvent> | Iterable<CallMediaEvent>;
  readonly control?: Pick<Partial<SessionControl>, 'stopAtMs' | 'fenced'>;
  readonly fenceAfterCommits?: number;
  readonly text?: string;
  readonly vocabulary?: readonly CustomVocabulary[];
  /** What the store has of the tenant; nothing by default. */
  readonly redaction?: StoredRedactionSettings;
  /** How much time passes between two looks at the clock; 1000 ms by default. */
  readonly clockStepMs?: number;
  readonly pause?: TranscribeCallDeps['pause'];
  /** Where calls that allow it are recorded; nowhere by default. */
  readonly recording?: RecordingPlace;
}

export function world(options: WorldOptions = {}): World {
  const commits: CommitUtteranceInput[] = [];
  const saved: SaveProgressInput[] = [];
  const requests: CallMediaRequest[] = [];
  const reports: MediaReport[] = [];
  let nowMs = ZERO_MS;
  const logger = createLogger({ app: 'ingest', level: 'silent' });
  const events = options.events ?? (() => callEvents());
  const metrics = createIngestMetrics(createMetrics('ingest'));
  const deps: TranscribeCallDeps = {
    media: {
      async *open(request) {
        requests.push(request);
        for await (const event of events(request)) {
          request.signal.throwIfAborted();
          yield event;
          // As from a socket: what was cut is worked on before the next fragment comes.
          if (event.type === 'fragmentEnd') await setImmediate();
        }
      },
    },
    control: {
      watch: () => ({
        get stopAtMs() {
          return options.control?.stopAtMs;
        },
        get fenced() {
          return options.control?.fenced ?? false;
        },
        look: async () => undefined,
        close: () => undefined,
      }),
      close: async () => undefined,
    },
    calls: {
      async commitUtterance(input) {
        if (commits.length >= (options.fenceAfterCommits ?? Number.POSITIVE_INFINITY))
          return { type: 'fenced' };
        commits.push(input);
        return { type: 'committed', lanesToWake: [] };
      },
      async saveProgress(input) {
        saved.push(input);
        return 'saved';
      },
      async saveMediaReport(input) {
        reports.push(input.mediaReport);
        return 'saved';
      },
    },
    lanes: { add: async () => undefined },
    createEndpointer: (_role, restored) => Endpointer.create(createScriptedDetector(), {}, restored),
    recognizer: createScriptedRecognizer(() => options.text ?? 'Hello there.'),
    redactions: createTenantRedactions(
      { redactionSettings: { get: async () => options.redaction ?? { type: 'none' } }, metrics, logger },
      { forced: false },
    ),
    redactionForced: false,
    vocabularies: { list: async () => options.vocabulary ?? [] },
    vault: {
      seal: async (_tenantId, _recordId, plaintext) => Buffer.from(plaintext),
      open: async (_tenantId, _recordId, sealed) => sealed,
    },
    clock: { now: () => (nowMs += options.clockStepMs ?? 1000) },
    logger,
    metrics,
    pause: options.pause ?? (async () => undefined),
    ...(options.recording === undefined ? {} : { recording: options.recording }),
  };
  return { deps, commits, saved, reports, requests };
}

export function lease(checkpoint?: unknown, committed = { customer: 0, agent: 0 }): LeasedSession {
  return {
    leaseEpoch: 1,
    checkpoint: checkpoint === undefined ? undefined : JSON.parse(JSON.stringify(checkpoint)),
    redactionState: undefined,
    session: sampleSession({
      tenantId: 'tenant',
      acceptedAtMs: ZERO_MS,
      streams: [
        sampleStream({ role: 'customer', committedThroughSample: committed.customer }),
        sampleStream({ role: 'agent', committedThroughSample: committed.agent }),
      ],
    }),
  };
}
