import { isCodedError, roleOrder, type Utterance } from '@earshot/domain';
import type { RecognizedSpeech, SpeechRecognizer } from '@earshot/speech';
import type { HeardSpeech } from '../call-track.ts';

/** Waits before a decode that failed for a passing reason is tried again. */
const RETRY_DELAYS_MS = [200, 1000, 3000] as const;

/** Speech whose decode has been asked for; `recognized` settles in any order, the consumer keeps the order of the cuts. */
export interface PendingUtterance {
  readonly type: 'speech';
  readonly speech: HeardSpeech;
  readonly recognized: Promise<RecognizedSpeech>;
}

export interface RecognizeOptions {
  readonly recognizer: SpeechRecognizer;
  readonly language: string;
  readonly callId: string;
  readonly phrases: readonly string[];
  /** What was asked of the same audio before it was cut. */
  readonly early: Promise<RecognizedSpeech> | undefined;
  readonly signal: AbortSignal;
  /** Resolves after `delayMs`, or rejects when the signal fires. */
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** Asks for the text at once; a decode waits its turn in the recogniser's own bounded queue. */
export function recognize(speech: HeardSpeech, options: RecognizeOptions): PendingUtterance {
  const recognized = decode(speech, options);
  // The consumer awaits it later and meets the failure then; until it does, nobody else may call it unhandled.
  recognized.catch(() => undefined);
  return { type: 'speech', speech, recognized };
}

async function decode(speech: HeardSpeech, options: RecognizeOptions): Promise<RecognizedSpeech> {
  const { recognizer, language, callId, phrases, signal, early } = options;
  if (early !== undefined) {
    // One that failed is asked again like any other; only the failure of that counts.
    const answered = await early.catch(() => undefined);
    if (answered !== undefined) return answered;
    signal.throwIfAborted();
  }
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await recognizer.recognize({ pcm: speech.segment.pcm, language, callId, phrases, signal });
    } catch (error) {
      const delayMs = RETRY_DELAYS_MS[attempt];
      if (signal.aborted || !isCodedError(error) || !error.retryable || delayMs === undefined) throw error;
      await options.pause(delayMs, signal);
    }
  }
}

/** Earlier cuts first; of two at the same media time the one that a pause made, then the customer's. */
export function comesBefore(a: HeardSpeech, b: HeardSpeech): boolean {
  if (a.cutMediaMs !== b.cutMediaMs) return a.cutMediaMs < b.cutMediaMs;
  const [isFlushA, isFlushB] = [a.segment.cause === 'flush', b.segment.cause === 'flush'];
  if (isFlushA !== isFlushB) return isFlushB;
  return roleOrder(a.role) < roleOrder(b.role);
}

/** The utterance of recognised speech; `undefined` where no words were heard. */
export function toUtterance(speech: HeardSpeech, text: string, zeroMediaMs: number): Utterance | undefined {
  if (text === '') return undefined;
  const startMs = Math.max(0, Math.round(speech.startMediaMs - zeroMediaMs));
  return {
    role: speech.role,
    startMs,
    endMs: Math.max(startMs, Math.round(speech.endMediaMs - zeroMediaMs)),
    startSample: speech.segment.startSample,
    endSample: speech.segment.endSample,
    text,
  };
}
