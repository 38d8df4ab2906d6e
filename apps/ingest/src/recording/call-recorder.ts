import type { ParticipantRole, TranscriptMessage } from '@earshot/domain';
import type { LeasedSession, MessageFinding, RecordedMessage, RecordingStore } from '@earshot/storage';
import { FencedError } from '../stages/commit.ts';
import { CallTapes, type TapesStart } from './call-tapes.ts';
import type { CallReach } from './horizon.ts';
import type { RecordingMetrics } from './recording-metrics.ts';
import { storePart, type StorePartDeps } from './store-part.ts';

/** Audio of one part, about. */
const PART_MS = 10_000;
/** Between tries of a store that fails; the last one again and again while the call runs. */
const RETRY_DELAYS_MS = [500, 1000, 2000, 5000, 15_000] as const;
/** A store that does not answer is given up after so long, sooner while whoever ends the call waits. */
const PUT_MS_MAX = 5000;
const LAST_PUT_MS_MAX = 1500;
/** Between tries of the rest, while whoever ends the call waits. */
const LAST_DELAYS_MS = [250, 750] as const;

export interface CallRecorderDeps extends StorePartDeps {
  readonly recordings: Pick<RecordingStore, 'addPart' | 'close'>;
  readonly metrics: Pick<RecordingMetrics, 'recordingParts' | 'recordingLostSeconds'>;
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** Records one lease of one call. The reader lets it hear, the writer tells it what is stored, `run` writes the parts. */
export class CallRecorder {
  readonly #deps: CallRecorderDeps;
  readonly #lease: LeasedSession;
  readonly #tapes: CallTapes;
  readonly #closing = new AbortController();
  readonly #ended = Promise.withResolvers<undefined>();
  #startedAtMs = 0;
  #attempt = 0;
  #isOver = false;
  #lostMs = 0;
  #wake: () => void = () => undefined;

  constructor(deps: CallRecorderDeps, lease: LeasedSession, start: TapesStart) {
    this.#deps = deps;
    this.#lease = lease;
    this.#tapes = new CallTapes(start);
  }

  /** The samples from which on a take-over has to hear the call again. */
  get heldSamples(): Readonly<Record<ParticipantRole, number>> {
    return this.#tapes.heldSamples;
  }

  /** For the reader: a block where it was placed, `atMs` since the session's zero. */
  hear(role: ParticipantRole, sample: number, atMs: number, pcm: Uint8Array): void {
    this.#tapes.hear(role, sample, atMs, pcm);
  }

  /** For the writer: a message that is stored. */
  say(
    message: Pick<TranscriptMessage, 'messageId' | 'role' | 'startMs' | 'endMs' | 'text'>,
    findings: readonly MessageFinding[] | undefined,
  ): void {
    this.#tapes.say(message, findings);
  }

  /** Before anything is heard: a message that the worker before has stored. */
  sayAgain({ findings, ...message }: RecordedMessage): void {
    this.#tapes.sayAgain(message, findings);
  }

  /** For the writer: all that was cut up to this reach is stored. */
  settle(reach: CallReach, zeroMediaMs: number): void {
    this.#startedAtMs = zeroMediaMs;
    this.#tapes.settle(reach);
    this.#tellLost();
    this.#wake();
  }

  /**
   * For the writer, at its end: what there is becomes the last part. Resolves when that is stored or given up.
   *
   * @param over nothing more comes of this call, for no worker
   */
  async close(over: { readonly zeroMediaMs: number } | undefined): Promise<void> {
    if (over !== undefined) {
      this.#isOver = true;
      this.#startedAtMs = over.zeroMediaMs;
      this.#tapes.settleAll();
    }
    this.#closing.abort();
    this.#wake();
    await this.#ended.promise;
  }

  /**
   * Writes parts until `close`, one at a time.
   *
   * @param isFenced whether another worker is known to have the session
   */
  async run(isFenced: () => boolean, signal: AbortSignal): Promise<void> {
    try {
      await this.#writeParts(isFenced, signal);
      if (this.#isOver) await this.#finish();
    } catch (error) {
      if (signal.aborted || error instanceof FencedError) throw error;
      // A call that cannot be recorded is transcribed all the same.
      this.#stop(error);
    } finally {
      this.#ended.resolve(undefined);
    }
  }

  async #writeParts(isFenced: () => boolean, signal: AbortSignal): Promise<void> {
    let failures = 0;
    let wasClosing = false;
    for (;;) {
      signal.throwIfAborted();
      const isClosing = this.#closing.signal.aborted;
      if (isClosing && !wasClosing) failures = 0;
      wasClosing = isClosing;
      const due = this.#tapes.next(isClosing ? 0 : PART_MS);
      if (due === undefined && isClosing) return;
      if (due === undefined) {
        await this.#untilTold(signal);
        continue;
      }
      if (isFenced()) throw new FencedError('Cannot record: the session has another worker');
      this.#attempt += 1;
      const place = { lease: this.#lease, startedAtMs: this.#startedAtMs, attempt: this.#attempt };
      const putMsMax = isClosing ? LAST_PUT_MS_MAX : PUT_MS_MAX;
      const stored = await storePart(this.#deps, due, { ...place, putMsMax }, signal);
      if (stored.type === 'refused') return this.#stop('refused');
      if (stored.type === 'stored') {
        this.#tapes.stored(due, stored.toMs);
        failures = 0;
      } else if (!(await this.#waitToRetry((failures += 1), isClosing, signal))) return;
    }
  }

  /** Nothing more is held, and nothing more is recorded by this worker. */
  #stop(error: unknown): void {
    this.#tapes.stop();
    this.#deps.logger.error('recording.stopped', { error });
  }

  /** `false` when it has been tried often enough. */
  async #waitToRetry(failures: number, isClosing: boolean, signal: AbortSignal): Promise<boolean> {
    if (isClosing) {
      const delayMs = LAST_DELAYS_MS[failures - 1];
      if (delayMs === undefined) return false;
      await this.#deps.pause(delayMs, signal);
      return true;
    }
    const delayMs = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length) - 1] ?? 0;
    try {
      await this.#deps.pause(delayMs, AbortSignal.any([signal, this.#closing.signal]));
    } catch (error) {
      // The call is over: what is left is tried at once.
      if (!this.#closing.signal.aborted) throw error;
    }
    return true;
  }

  async #finish(): Promise<void> {
    const { tenantId, sessionId } = this.#lease.session;
    const { leaseEpoch } = this.#lease;
    const { rest } = this.#tapes;
    this.#tellLost(rest === undefined ? 0 : rest.toMs - rest.fromMs);
    try {
      await this.#deps.recordings.close({ tenantId, sessionId, leaseEpoch }, rest);
    } catch (error) {
      // It is finished all the same, some time after the session has ended.
      this.#deps.logger.warn('recording.close-failed', { error });
    }
  }

  #tellLost(restMs = 0): void {
    const lostMs = this.#tapes.givenUpMs + restMs;
    if (lostMs === this.#lostMs) return;
    this.#deps.metrics.recordingLostSeconds.add((lostMs - this.#lostMs) / 1000);
    if (this.#lostMs === 0) this.#deps.logger.warn('recording.audio-lost', { lostMs });
    this.#lostMs = lostMs;
  }

  async #untilTold(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
