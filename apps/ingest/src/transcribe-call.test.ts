import type { CallMediaEvent, CallMediaRequest } from '@earshot/connect-media';
import type { ParticipantRole } from '@earshot/domain';
import { createRedactor, defaultPolicy } from '@earshot/redaction';
import { createScriptedDetector, createScriptedRecognizer, scriptedPcm } from '@earshot/speech/testing';
import type { CommitUtteranceInput, LeasedSession, SaveProgressInput } from '@earshot/storage';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import type { SessionControl } from './control.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { transcribeCall, type TranscribeCallDeps } from './transcribe-call.ts';

const ZERO_MS = 1_700_000_000_000;
const BLOCK_MS = 64;
const BLOCK_SAMPLES = 512;
const FRAGMENT_BLOCKS = 16;
const SPEECH = { amplitude: 8000 };
const SILENCE = { amplitude: 0 };

/** Customer speaks at 0.5..1.5 s and 6..7 s, the agent at 2.5..3.7 s; 9 s in all. */
const PCM: Readonly<Record<ParticipantRole, Int16Array>> = {
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
const BLOCKS = Math.floor(PCM.customer.length / BLOCK_SAMPLES);

function block(role: ParticipantRole, index: number): CallMediaEvent {
  const samples = PCM[role].subarray(index * BLOCK_SAMPLES, (index + 1) * BLOCK_SAMPLES);
  const pcm = new Uint8Array(
    samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.byteLength),
  );
  return { type: 'audio', role, pcm, mediaMs: ZERO_MS + index * BLOCK_MS };
}

/** The call as the media source tells it, from a fragment number on. */
function* callEvents(fromFragment = 1): Generator<CallMediaEvent> {
  if (fromFragment === 1) yield { type: 'contact', contactId: 'contact' };
  for (let first = (fromFragment - 1) * FRAGMENT_BLOCKS; first < BLOCKS; first += FRAGMENT_BLOCKS) {
    const fragmentNumber = String(first / FRAGMENT_BLOCKS + 1);
    const timestampMs = ZERO_MS + first * BLOCK_MS;
    const times = { serverTimestampMs: timestampMs, producerTimestampMs: timestampMs };
    yield { type: 'fragment', fragmentNumber, contactId: 'contact', ...times };
    for (let index = first; index < Math.min(first + FRAGMENT_BLOCKS, BLOCKS); index += 1) {
      yield block('customer', index);
      yield block('agent', index);
    }
    yield { type: 'fragmentEnd', fragmentNumber, millisBehindNow: 0 };
  }
  yield { type: 'end', reason: 'media-ended' };
}

interface World {
  readonly deps: TranscribeCallDeps;
  readonly commits: CommitUtteranceInput[];
  readonly saved: SaveProgressInput[];
  readonly requests: CallMediaRequest[];
}

interface WorldOptions {
  readonly events?: (request: CallMediaRequest) => AsyncIterable<CallMediaEvent> | Iterable<CallMediaEvent>;
  readonly control?: Partial<SessionControl>;
  readonly fenceAfterCommits?: number;
  readonly text?: string;
}

function world(options: WorldOptions = {}): World {
  const commits: CommitUtteranceInput[] = [];
  const saved: SaveProgressInput[] = [];
  const requests: CallMediaRequest[] = [];
  const logger = createLogger({ app: 'ingest', level: 'silent' });
  const events = options.events ?? (() => callEvents());
  const deps: TranscribeCallDeps = {
    media: {
      async *open(request) {
        requests.push(request);
        for await (const event of events(request)) {
          request.signal.throwIfAborted();
          yield event;
        }
      },
    },
    control: {
      watch: () => ({
        stopAtMs: undefined,
        fenced: false,
        look: async () => undefined,
        close: () => undefined,
        ...options.control,
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
    },
    lanes: { add: async () => undefined },
    detector: createScriptedDetector(),
    endpointing: {},
    recognizer: createScriptedRecognizer(() => options.text ?? 'Hello there.'),
    redactor: createRedactor(defaultPolicy),
    vault: {
      seal: async (_tenantId, _recordId, plaintext) => Buffer.from(plaintext),
      open: async (_tenantId, _recordId, sealed) => sealed,
    },
    clock: { now: () => ZERO_MS },
    logger,
    metrics: createIngestMetrics(createMetrics('ingest')),
    pause: async () => undefined,
  };
  return { deps, commits, saved, requests };
}

function lease(checkpoint?: unknown, committed = { customer: 0, agent: 0 }): LeasedSession {
  const stream = (role: ParticipantRole) => ({
    streamId: `${role}-stream`,
    role,
    externalId: `${role}-1`,
    committedThroughSample: committed[role],
    audioBytes: 0,
    transcripts: 0,
  });
  return {
    leaseEpoch: 1,
    checkpoint: checkpoint === undefined ? undefined : JSON.parse(JSON.stringify(checkpoint)),
    redactionState: undefined,
    session: {
      tenantId: 'tenant',
      sessionId: 'session',
      conversationId: 'CONVERSATION',
      guid: 'guid',
      appId: 'app',
      ordinal: 1,
      state: 'live',
      acceptedAtMs: ZERO_MS,
      stopAtMs: undefined,
      endedAtMs: undefined,
      endedReason: undefined,
      trouble: undefined,
      contactId: undefined,
      settings: {
        language: 'en-US',
        detailedToken: false,
        audioRecordingAllowed: false,
        redactionOutput: 'redacted',
      },
      media: { streamArn: 'arn', selector: { type: 'NOW' } },
      streams: [stream('customer'), stream('agent')],
    },
  };
}

const never = new AbortController().signal;

function said(commits: readonly CommitUtteranceInput[]) {
  return commits.map(({ message }) => ({
    role: message.role,
    startMs: message.startMs,
    endMs: message.endMs,
  }));
}

const WHOLE_CALL = [
  { role: 'customer', startMs: 512, endMs: 1536 },
  { role: 'agent', startMs: 2560, endMs: 3776 },
  { role: 'customer', startMs: 6016, endMs: 7040 },
];

describe('transcribeCall', () => {
  it('commits each utterance once, in the order of the cuts, with times by the media clock', async () => {
    const { deps, commits } = world();
    const outcome = await transcribeCall(deps, lease(), never);
    expect(outcome).toMatchObject({ type: 'ended', reason: 'media-ended' });
    expect(said(commits)).toEqual(WHOLE_CALL);
    expect(commits[0]?.message).toMatchObject({
      streamId: 'customer-stream',
      senderExternalId: 'customer-1',
      clientTimestampMs: ZERO_MS + 512,
    });
    expect(JSON.parse(commits[1]?.webhookBody ?? '')).toEqual({
      type: 'transcript',
      externalConversationId: 'guid',
      streamId: 'agent-stream',
      sender: { externalId: 'agent-1', role: 'agent' },
      autotranscribeResponse: {
        message: 'transcript',
        start: 2560,
        end: 3776,
        utterance: [{ text: 'Hello there.' }],
      },
    });
  });

  it('counts every byte of both sides', async () => {
    const { deps } = world();
    const outcome = await transcribeCall(deps, lease(), never);
    const audioBytes = BLOCKS * BLOCK_SAMPLES * 2;
    expect(outcome).toMatchObject({
      progress: [
        { role: 'customer', audioBytes },
        { role: 'agent', audioBytes },
      ],
    });
  });

  it('redacts before anything is handed to the store', async () => {
    const { deps, commits } = world({ text: 'My PIN number is one two three four.' });
    await transcribeCall(deps, lease(), never);
    expect(commits[0]?.message.text).toBe('My PIN number is ####.');
    expect(commits.map(({ webhookBody }) => webhookBody).join()).not.toContain('one two three four');
  });

  it('ends with the open speech when the stop moment is reached', async () => {
    const { deps, commits } = world({ control: { stopAtMs: ZERO_MS + 3000 } });
    const outcome = await transcribeCall(deps, lease(), never);
    expect(outcome).toMatchObject({ type: 'ended', reason: 'stopped' });
    expect(said(commits)).toEqual([WHOLE_CALL[0], { role: 'agent', startMs: 2560, endMs: 3072 }]);
  });

  it('stops at once when another worker holds the session', async () => {
    const { deps, commits } = world({ fenceAfterCommits: 1 });
    expect(await transcribeCall(deps, lease(), never)).toEqual({ type: 'fenced' });
    expect(commits).toHaveLength(1);
  });

  it('produces the same messages whichever checkpoint another worker goes on from', async () => {
    const first = world();
    await transcribeCall(first.deps, lease(), never);
    const ids = first.commits.map(({ message }) => message.messageId);
    expect(first.saved.length).toBeGreaterThan(5);
    for (const { checkpoint, advance } of first.saved) {
      const committed = { customer: 0, agent: 0 };
      const second = world({
        events: ({ start }) => callEvents(start.type === 'resume' ? Number(start.fromFragmentNumber) : 1),
      });
      for (const { role, throughSample } of advance) committed[role] = throughSample;
      const outcome = await transcribeCall(second.deps, lease(checkpoint, committed), never);
      const resumed = second.commits.map(({ message }) => message.messageId);
      expect(resumed).toEqual(ids.slice(ids.length - resumed.length));
      expect(outcome).toMatchObject({
        progress: [{ audioBytes: BLOCKS * 1024 }, { audioBytes: BLOCKS * 1024 }],
      });
    }
  });

  it('commits nothing again that was committed before the take-over', async () => {
    const first = world();
    await transcribeCall(first.deps, lease(), never);
    const committed = { customer: 0, agent: 0 };
    for (const { message, throughSample } of first.commits) committed[message.role] = throughSample;
    const second = world();
    await transcribeCall(second.deps, lease(undefined, committed), never);
    expect(second.commits).toEqual([]);
  });

  it('hands over when its signal fires, without ending open speech', async () => {
    const controller = new AbortController();
    const { deps, commits } = world({
      events: () =>
        (function* () {
          for (const event of callEvents()) {
            if (event.type === 'audio' && event.mediaMs >= ZERO_MS + 3000)
              controller.abort(new Error('closing'));
            yield event;
          }
        })(),
    });
    expect(await transcribeCall(deps, lease(), controller.signal)).toEqual({ type: 'handed-over' });
    expect(said(commits).filter(({ role }) => role === 'agent')).toEqual([]);
  });
});
