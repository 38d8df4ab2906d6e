import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallMediaSource } from '@earshot/connect-media';
import { systemClock } from '@earshot/domain';
import {
  createIngestMetrics,
  createTenantRedactions,
  transcribeCall,
  type CallOutcome,
  type CreateEndpointer,
  type RecordingPlace,
  type TranscribeCallDeps,
} from '@earshot/ingest/testing';
import { Endpointer, type SpeechAudio, type SpeechRecognizer } from '@earshot/speech';
import { createScriptedDetector, createScriptedRecognizer } from '@earshot/speech/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import type { MemorySession } from './memory-session.ts';
import type { Death } from './scenario.ts';

const logger = createLogger({ app: 'chaos', level: 'silent' });

export const createEndpointer: CreateEndpointer = (_role, restored) =>
  Endpointer.create(createScriptedDetector(), {}, restored);

/** A text that only the same samples give; one word as a sentence, so that redaction and formatting leave it. */
export function fingerprint({ pcm }: Pick<SpeechAudio, 'pcm'>): string {
  const bytes = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const word = digest.replaceAll(/[0-9a-f]/g, (digit) =>
    String.fromCharCode(97 + Number.parseInt(digit, 16)),
  );
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}.`;
}

/** One call and what it is heard with. */
export interface Scene {
  readonly session: MemorySession;
  readonly heard: { listen(create: CreateEndpointer): CreateEndpointer };
  readonly source: Pick<CallMediaSource, 'open'>;
  /** Default: nowhere. */
  readonly recording?: RecordingPlace;
  /** Default: scripted ones, whose texts are fingerprints. */
  readonly ears?: Ears;
}

/** What cuts speech and turns it into text. */
export interface Ears {
  readonly createEndpointer: CreateEndpointer;
  readonly recognizer: SpeechRecognizer;
}

const scriptedEars: Ears = { createEndpointer, recognizer: createScriptedRecognizer(fingerprint) };

/** Transcribes the call over as many workers as die. */
export async function overAllWorkers(deaths: readonly Death[], scene: Scene): Promise<CallOutcome> {
  for (const death of deaths) {
    const outcome = await oneWorker(scene, death);
    if (outcome.type === 'ended') return outcome;
  }
  return await oneWorker(scene, undefined);
}

/** One worker until the call ends or the worker does. */
async function oneWorker(scene: Scene, death: Death | undefined): Promise<CallOutcome> {
  const { session, heard, source, recording, ears = scriptedEars } = scene;
  const life = new AbortController();
  const die = (): void => {
    // A killed worker writes nothing more; the lease of the next one sees to that before this one notices.
    if (death?.type === 'kill') session.lease();
    life.abort(new Error('the worker is gone'));
  };
  const lease = session.lease();
  const metrics = createIngestMetrics(createMetrics('chaos'));
  const deps: TranscribeCallDeps = {
    media: { open: (request) => countedEvents(source.open(request), death?.afterEvents, die) },
    control: {
      watch: () => ({
        stopAtMs: undefined,
        get fenced() {
          return session.epoch !== lease.leaseEpoch;
        },
        look: async () => undefined,
        close: () => undefined,
      }),
      close: async () => undefined,
    },
    calls: session.calls,
    lanes: { add: async () => undefined },
    createEndpointer: heard.listen(ears.createEndpointer),
    recognizer: ears.recognizer,
    redactions: createTenantRedactions(
      { redactionSettings: { get: async () => ({ type: 'none' }) }, metrics, logger },
      { forced: false },
    ),
    redactionForced: false,
    ...(recording === undefined ? {} : { recording }),
    vocabularies: { list: async () => [] },
    vault: {
      seal: async (_tenantId, _recordId, plaintext) => Buffer.from(plaintext),
      open: async (_tenantId, _recordId, sealed) => sealed,
    },
    clock: systemClock,
    logger,
    metrics,
    pause: async (delayMs, signal) => {
      await delay(delayMs, undefined, { signal });
    },
  };
  return await transcribeCall(deps, lease, life.signal);
}

async function* countedEvents<Event>(
  events: AsyncIterable<Event>,
  lastEvent: number | undefined,
  onLast: () => void,
): AsyncGenerator<Event, void, undefined> {
  let count = 0;
  for await (const event of events) {
    yield event;
    count += 1;
    if (count === lastEvent) onLast();
  }
}
