import type { CallMediaRequest, CallMediaSource } from '@earshot/connect-media';
import type { SpeechRecognizer } from '@earshot/speech';
import type { LeasedSession, StreamProgress } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { CallAudio } from './call-audio.ts';
import type { CreateEndpointer, HeardSpeech } from './call-track.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { ControlRoom } from './control.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import { runTogether } from './run-together.ts';
import { Committer, FencedError, type CommitterDeps, type ProgressPoint } from './stages/commit.ts';
import { HandOver } from './stages/hand-over.ts';
import { readUntilStop, type ReadEnd } from './stages/read-until-stop.ts';
import { comesBefore, recognize, toUtterance, type PendingUtterance } from './stages/recognize.ts';
import { openConversationRedactor, type ConversationRedactorDeps } from './stages/redact.ts';

/** Speech of one call that may wait for its decode; more makes the reader wait, and with it the socket. */
const PENDING_MAX = 16;

export interface TranscribeCallDeps extends CommitterDeps, ConversationRedactorDeps {
  readonly media: Pick<CallMediaSource, 'open'>;
  readonly control: ControlRoom;
  readonly createEndpointer: CreateEndpointer;
  readonly recognizer: SpeechRecognizer;
  readonly clock: { now(): number };
  readonly logger: Logger;
  readonly metrics: IngestMetrics;
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** How the lease ended. `handed-over`: the signal fired, the checkpoint is saved, another worker goes on. */
export type CallOutcome =
  | {
      readonly type: 'ended';
      readonly reason: Exclude<ReadEnd, 'fenced'>;
      readonly progress: readonly StreamProgress[];
    }
  | { readonly type: 'handed-over' }
  | { readonly type: 'fenced' };

type Step = PendingUtterance | ProgressPoint;

/**
 * One lease of one call: media in, messages out. A reader cuts the audio into speech and asks for its text; a
 * writer takes the texts in the order of the cuts, redacts and commits them. Both move at the pace of the slower.
 */
export async function transcribeCall(
  deps: TranscribeCallDeps,
  lease: LeasedSession,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const { session } = lease;
  const checkpoint = readCheckpoint(lease.checkpoint);
  const audio = new CallAudio(deps.createEndpointer, checkpoint);
  const control = deps.control.watch({ ...session, leaseEpoch: lease.leaseEpoch });
  const steps = new HandOver<Step>(PENDING_MAX, inOrder);
  let end: ReadEnd | undefined;

  try {
    await control.look();
    await runTogether(
      signal,
      async (bound) => {
        try {
          end = await readCall(deps, lease, { audio, control, steps, checkpoint, signal: bound });
        } finally {
          steps.close();
        }
      },
      (bound) => writeCall(deps, lease, { audio, steps, signal: bound }),
    );
  } catch (error) {
    if (error instanceof FencedError) return { type: 'fenced' };
    if (signal.aborted) return { type: 'handed-over' };
    throw error;
  } finally {
    control.close();
  }
  if (end === 'fenced') return { type: 'fenced' };
  if (end === undefined) return { type: 'handed-over' };
  return { type: 'ended', reason: end, progress: audio.progress() };
}

interface Reading {
  readonly audio: CallAudio;
  readonly control: ReturnType<ControlRoom['watch']>;
  readonly steps: HandOver<Step>;
  readonly checkpoint: Checkpoint | undefined;
  readonly signal: AbortSignal;
}

async function readCall(
  deps: TranscribeCallDeps,
  lease: LeasedSession,
  reading: Reading,
): Promise<ReadEnd | undefined> {
  const { audio, steps, signal } = reading;
  const { language } = lease.session.settings;
  const say = async (heard: readonly HeardSpeech[]): Promise<void> => {
    for (const speech of heard) {
      const options = { recognizer: deps.recognizer, language, signal, pause: deps.pause };
      await steps.put(recognize(speech, options), signal);
    }
  };

  const events = deps.media.open(mediaRequest(lease, reading.checkpoint, signal));
  for await (const event of readUntilStop(events, reading.control)) {
    switch (event.type) {
      case 'contact':
        audio.latchContact(event.contactId);
        break;
      case 'fragment':
        audio.beginFragment(event.fragmentNumber, event.producerTimestampMs);
        break;
      case 'audio':
        await say(await audio.hear(event.role, event.mediaMs, event.pcm));
        break;
      case 'fragmentEnd': {
        const point = audio.progressPoint();
        if (point !== undefined) await steps.put(point, signal);
        break;
      }
      case 'reconnected':
        deps.metrics.reconnects.add(1, { reason: event.reason });
        deps.logger.info('media.reconnected', { sessionId: lease.session.sessionId, attempt: event.attempt });
        break;
      case 'problem':
        deps.logger.warn('media.problem', { sessionId: lease.session.sessionId, code: event.code });
        break;
      case 'idle':
        break;
      case 'readEnd':
        if (event.reason !== 'fenced') await say(await audio.flush());
        return event.reason;
    }
  }
  return undefined;
}

interface Writing {
  readonly audio: CallAudio;
  readonly steps: HandOver<Step>;
  readonly signal: AbortSignal;
}

async function writeCall(deps: TranscribeCallDeps, lease: LeasedSession, writing: Writing): Promise<void> {
  const { audio, steps, signal } = writing;
  const { tenantId, conversationId } = lease.session;
  const committer = new Committer(deps, lease);
  const conversation = { tenantId, conversationId, sealedState: lease.redactionState };
  const redactor = await openConversationRedactor(deps, conversation);

  for await (const step of steps.take()) {
    signal.throwIfAborted();
    if (step.type === 'progress') {
      await committer.saveProgress(step);
      continue;
    }
    if (committer.isCommitted(step.speech)) continue;
    const utterance = toUtterance(step.speech, await step.text, audio.zeroMediaMs);
    if (utterance === undefined) continue;
    const clientTimestampMs = Math.round(step.speech.startMediaMs);
    const { text, findings, sealedState } = await redactor.redact(utterance, clientTimestampMs);
    for (const { entity } of findings) deps.metrics.redactedSpans.add(1, { type: entity });
    const message = committer.toMessage(utterance, clientTimestampMs, text);
    await committer.commit(utterance, message, sealedState, audio.progress());
    deps.metrics.utterances.add(1, { role: utterance.role });
    deps.metrics.latencySeconds.observe(Math.max(0, deps.clock.now() - step.speech.endMediaMs) / 1000);
  }
}

function mediaRequest(
  lease: LeasedSession,
  from: Checkpoint | undefined,
  signal: AbortSignal,
): CallMediaRequest {
  const { media, guid, acceptedAtMs } = lease.session;
  const start: CallMediaRequest['start'] =
    from === undefined
      ? { type: 'selector', selector: media.selector, acceptedAtMs }
      : {
          type: 'resume',
          fromFragmentNumber: from.mark.fragmentNumber,
          fromProducerTimestampMs: from.mark.producerTimestampMs,
          latchedContactId: from.contactId ?? undefined,
        };
  return { streamArn: media.streamArn, guid, start, signal };
}

/** A newer progress point stands for an older one that still waits; two cuts at the same moment go customer first. */
function inOrder(last: Step, next: Step): readonly Step[] {
  if (last.type === 'progress') return next.type === 'progress' ? [next] : [last, next];
  return next.type === 'speech' && comesBefore(next.speech, last.speech) ? [next, last] : [last, next];
}
