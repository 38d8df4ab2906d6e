import { setTimeout } from 'node:timers/promises';
import { AppError, msToSamples, samplesToMs } from '@earshot/domain';
import type { RecognizedSpeech } from '../lib/speech-recognizer.ts';
import type { CloudSession } from './cloud-session.ts';
import { engineError, failureName } from './engine-failure.ts';
import type { RecognitionStream, StreamResult } from './recognition-stream.ts';
import { settlesWithin } from './settles-within.ts';
import { speechOf, type StreamWord } from './stream-words.ts';

export interface StreamedSessionLimits {
  /** How often an idle connection is kept alive. */
  readonly keepAliveMs: number;
  /** So long after the engine has had its time without an answer, the stream is ended, which makes it answer. */
  readonly settleMs: number;
  /** How much faster than spoken the engine works, however fast it is sent. */
  readonly answerSpeed: number;
  /** Beyond the length of the audio; later `hear` fails with `speech.engine-unavailable`. */
  readonly answerMsMax: number;
  /** Between two pieces of audio of 100 ms. */
  readonly pieceGapMs: number;
  /** A connection this old hears no further utterance. */
  readonly sessionMsMax: number;
  /** A final result that ends so close to the end of the audio is its last. */
  readonly coveredWithinMs: number;
}

interface OpenUtterance {
  readonly startMs: number;
  readonly endMs: number;
  readonly words: StreamWord[];
  /** Always fulfilled; what went wrong stands in `#failure`. */
  readonly answered: PromiseWithResolvers<void>;
}

const PIECE_SAMPLES = msToSamples(100);
const END_MS_MAX = 1000;

/** Utterances one after the other on one stream, told apart by the stream's clock. */
export class StreamedSession implements CloudSession {
  readonly #engine: string;
  readonly #stream: RecognitionStream;
  readonly #limits: StreamedSessionLimits;
  readonly #pump: Promise<void>;
  readonly #keepAlive: NodeJS.Timeout;
  readonly #bornAtMs = performance.now();
  #sentSamples = 0;
  #utterance: OpenUtterance | undefined;
  #hasAnswered = false;
  #state: 'open' | 'ending' | 'over' = 'open';
  #failure: AppError | undefined;

  constructor(engine: string, stream: RecognitionStream, limits: StreamedSessionLimits) {
    this.#engine = engine;
    this.#stream = stream;
    this.#limits = limits;
    this.#keepAlive = setInterval(() => {
      if (this.usable && this.#utterance === undefined) this.#sentSamples += stream.keepAlive();
    }, limits.keepAliveMs).unref();
    this.#pump = this.#takeResults();
  }

  get usable(): boolean {
    return this.#state === 'open' && performance.now() - this.#bornAtMs < this.#limits.sessionMsMax;
  }

  async hear(pcm: Int16Array): Promise<RecognizedSpeech> {
    if (this.#state !== 'open') throw this.#failure ?? this.#broken('connection ended');
    const startMs = samplesToMs(this.#sentSamples);
    const endMs = startMs + samplesToMs(pcm.length);
    const utterance: OpenUtterance = { startMs, endMs, words: [], answered: Promise.withResolvers() };
    this.#utterance = utterance;
    const patienceMs = samplesToMs(pcm.length) + this.#limits.answerMsMax;
    const inTime = await settlesWithin(this.#converse(pcm, utterance), patienceMs);
    this.#utterance = undefined;
    if (!inTime) {
      this.#stream.abandon();
      this.#state = 'over';
      throw this.#broken(`no answer within ${Math.round(patienceMs)} ms`);
    }
    if (this.#failure !== undefined) throw this.#failure;
    this.#hasAnswered = true;
    return speechOf(utterance.words, startMs, endMs);
  }

  async end(): Promise<void> {
    this.#endStream();
    if (await settlesWithin(this.#pump, END_MS_MAX)) return;
    this.#stream.abandon();
    this.#state = 'over';
  }

  async #converse(pcm: Int16Array, utterance: OpenUtterance): Promise<void> {
    const beganAtMs = performance.now();
    for (let offset = 0; offset < pcm.length && this.#state === 'open'; offset += PIECE_SAMPLES) {
      const piece = pcm.slice(offset, offset + PIECE_SAMPLES);
      this.#stream.send(piece);
      this.#sentSamples += piece.length;
      if (this.#limits.pieceGapMs > 0) await setTimeout(this.#limits.pieceGapMs);
    }
    if (this.#state === 'open') this.#sentSamples += this.#stream.finishUtterance();
    const spokenMs = samplesToMs(this.#sentSamples) - utterance.startMs;
    const workMs = Math.max(0, spokenMs / this.#limits.answerSpeed - (performance.now() - beganAtMs));
    if (await settlesWithin(utterance.answered.promise, workMs + this.#limits.settleMs)) return;
    this.#endStream();
    await utterance.answered.promise;
  }

  #endStream(): void {
    clearInterval(this.#keepAlive);
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    this.#stream.end();
  }

  /** Never rejects. A connection that breaks while nobody speaks is no failure: the next utterance opens another. */
  async #takeResults(): Promise<void> {
    try {
      for await (const result of this.#stream.results) this.#take(result);
      if (this.#state === 'open') this.#failure = this.#broken('connection ended');
    } catch (error) {
      this.#failure = this.#failureOf(error);
    } finally {
      this.#state = 'over';
      clearInterval(this.#keepAlive);
      this.#utterance?.answered.resolve();
    }
  }

  /** A stream that has answered was not refused; what it is told later is its own end, as after too long a pause. */
  #failureOf(error: unknown): AppError {
    if (!(error instanceof AppError)) return this.#broken(failureName(error));
    if (!this.#hasAnswered || error.retryable) return error;
    return this.#broken('connection ended');
  }

  #broken(reason: string): AppError {
    return engineError(this.#engine, 'unavailable', reason);
  }

  #take(result: StreamResult): void {
    const utterance = this.#utterance;
    if (utterance === undefined || !result.isFinal) return;
    utterance.words.push(...result.words);
    const covered = result.endMs >= utterance.endMs - this.#limits.coveredWithinMs;
    // A flush that stands before the utterance was asked for by the one before, which did not need it.
    const flushed = result.isFlushed && result.endMs > utterance.startMs;
    if (flushed || covered) utterance.answered.resolve();
  }
}
