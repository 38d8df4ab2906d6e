import {
  deriveMessageId,
  PARTICIPANT_ROLES,
  type MediaReport,
  type ParticipantRole,
  type TranscriptMessage,
  type Utterance,
} from '@earshot/domain';
import type { LaneJob, Producer } from '@earshot/queues';
import type { CallStore, LeasedSession, MessageFinding } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import type { ResumePoint } from '../call-audio.ts';
import type { HeardSpeech } from '../call-track.ts';
import type { Outputs } from './outputs.ts';

/** Another worker holds the session; whoever meets this stops and writes nothing more. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** Where the media stands; `point` is absent where only the report has changed. */
export interface Progress {
  readonly type: 'progress';
  readonly point: ResumePoint | undefined;
  readonly mediaReport: MediaReport;
}

export interface CommitterDeps {
  readonly calls: Pick<CallStore, 'commitUtterance' | 'saveProgress' | 'saveMediaReport'>;
  readonly lanes: Pick<Producer<LaneJob>, 'add'>;
  readonly logger: Logger;
}

/** An utterance as it leaves the process: `utterance` gives the place only. */
export interface Finished {
  readonly utterance: Pick<Utterance, 'role' | 'endSample'>;
  readonly message: TranscriptMessage;
  readonly findings: readonly MessageFinding[];
  readonly outputs: Outputs;
  /** Sealed. */
  readonly redactionState: Uint8Array;
}

/** Writes what one lease produces, in order. Every method throws `FencedError` once the lease is lost. */
export class Committer {
  readonly #deps: CommitterDeps;
  readonly #lease: LeasedSession;
  readonly #committed: Record<ParticipantRole, number>;

  constructor(deps: CommitterDeps, lease: LeasedSession) {
    this.#deps = deps;
    this.#lease = lease;
    const [customer, agent] = lease.session.streams;
    this.#committed = { customer: customer.committedThroughSample, agent: agent.committedThroughSample };
  }

  /** Whether this speech was stored before, by this worker or one before it. */
  isCommitted(speech: HeardSpeech): boolean {
    return speech.segment.endSample <= this.#committed[speech.role];
  }

  /** The message an utterance becomes: the same for the same speech, whoever hears it. */
  toMessage(utterance: Utterance, clientTimestampMs: number, text: string): TranscriptMessage {
    const { session } = this.#lease;
    const stream = session.streams[PARTICIPANT_ROLES.indexOf(utterance.role) === 0 ? 0 : 1];
    return {
      messageId: deriveMessageId(clientTimestampMs, session.sessionId, utterance.role, utterance.startSample),
      streamId: stream.streamId,
      role: utterance.role,
      senderExternalId: stream.externalId,
      text,
      startMs: utterance.startMs,
      endMs: utterance.endMs,
      clientTimestampMs,
    };
  }

  async commit(finished: Finished): Promise<void> {
    const { utterance, message, findings, outputs, redactionState } = finished;
    const { session, leaseEpoch } = this.#lease;
    const outcome = await this.#deps.calls.commitUtterance({
      tenantId: session.tenantId,
      sessionId: session.sessionId,
      leaseEpoch,
      conversationId: session.conversationId,
      message,
      fromSample: this.#committed[utterance.role],
      throughSample: utterance.endSample,
      redactionState,
      findings,
      ...outputs,
    });
    if (outcome.type === 'fenced')
      throw new FencedError('Cannot commit utterance: the session has another worker');
    this.#committed[utterance.role] = utterance.endSample;
    if (outcome.type === 'committed') await this.#wake(outcome.lanesToWake);
  }

  async saveProgress({ point, mediaReport }: Progress): Promise<void> {
    const { session, leaseEpoch } = this.#lease;
    const lease = { tenantId: session.tenantId, sessionId: session.sessionId, leaseEpoch };
    if (point === undefined) {
      notFenced(await this.#deps.calls.saveMediaReport({ ...lease, mediaReport }));
      return;
    }
    const advance = PARTICIPANT_ROLES.map((role) => ({
      role,
      fromSample: this.#committed[role],
      throughSample: point.settledSamples[role],
    })).filter(({ fromSample, throughSample }) => throughSample > fromSample);
    const outcome = await this.#deps.calls.saveProgress({
      ...lease,
      advance,
      progress: point.progress,
      contactId: point.checkpoint.contactId ?? undefined,
      checkpoint: point.checkpoint,
      mediaReport,
    });
    notFenced(outcome);
    for (const { role, throughSample } of advance) this.#committed[role] = throughSample;
  }

  /** The rows are safe; a wake-up that fails is made up for by the publisher's sweeper. */
  async #wake(lanes: readonly LaneJob[]): Promise<void> {
    const added = await Promise.allSettled(lanes.map((lane) => this.#deps.lanes.add(lane)));
    for (const result of added) {
      if (result.status === 'rejected') this.#deps.logger.warn('lane.wake-failed', { error: result.reason });
    }
  }
}

function notFenced(outcome: 'saved' | 'fenced'): void {
  if (outcome === 'fenced') throw new FencedError('Cannot save progress: the session has another worker');
}
