import { AppError, systemClock, type Clock } from '@earshot/domain';
import { isSpeechError, speechError, type SpeechErrorCode } from '../lib/speech-error.ts';
import type {
  RecognizedSpeech,
  SpeechAudio,
  SpeechRecognizer,
  SpeechRecognizerCapabilities,
} from '../lib/speech-recognizer.ts';
import { CircuitBreaker, type CircuitState } from './circuit-breaker.ts';

/** That another engine answered; holds nothing that was said. */
export interface FallbackEvent {
  readonly callId?: string;
  /** Code of the error; `circuit-open` where the first engine was not asked. */
  readonly reason: string;
  /** After the failure. */
  readonly circuit: CircuitState;
}

export interface FallbackOptions {
  /** Tries of its own included: what it throws is taken as its last word. */
  readonly primary: SpeechRecognizer;
  readonly fallback: SpeechRecognizer;
  /** For a log line and a metric; not awaited. */
  readonly onFallback: (event: FallbackEvent) => void;
  /** Failures in a row after which the first engine is not asked for a while. Default 5. */
  readonly failuresMax?: number;
  /** That while; then one utterance tries, and where it fails the while is doubled. Default 30000. */
  readonly openMs?: number;
  /** Default 300000. */
  readonly openMsMax?: number;
  readonly clock?: Clock;
}

/** The caller's doing: another engine would not help, or not in the caller's sense. */
const callerCodes: readonly SpeechErrorCode[] = [
  'speech.closed',
  'speech.language-unsupported',
  'speech.audio-too-long',
];

/**
 * One engine with another behind it. Answers of the second are marked `degraded: 'fallback-engine'`. Speaks the
 * languages of the first; where the second lacks one, the first engine's error stands. Partials that the first does
 * not do are the second's, in its languages. Closes both.
 */
export function createFallbackRecognizer(options: FallbackOptions): SpeechRecognizer {
  const { primary, fallback } = options;
  const breaker = new CircuitBreaker({
    failuresMax: options.failuresMax ?? 5,
    openMs: options.openMs ?? 30_000,
    openMsMax: options.openMsMax ?? 300_000,
    clock: options.clock ?? systemClock,
  });
  return {
    capabilities: { ...primary.capabilities, partials: partialsOf(primary, fallback) },
    recognize: async (audio) => {
      // Words of open speech are not worth another engine's work, nor the first one's good name.
      if (audio.priority === 'partial') {
        return await (primary.capabilities.partials === 'none' ? fallback : primary).recognize(audio);
      }
      // Costs the engine nothing, so says nothing about it.
      if (audio.pcm.length === 0) return await primary.recognize(audio);
      if (!breaker.admit()) {
        if (!speaks(fallback, audio.language)) throw circuitOpenError();
        return await fallBack(options, audio, 'circuit-open', breaker.state);
      }
      try {
        const heard = await primary.recognize(audio);
        breaker.succeed();
        return heard;
      } catch (error) {
        if (!isEngineFailure(error, audio)) {
          breaker.abstain();
          throw error;
        }
        // A queue of our own that is full says nothing about the engine.
        if (isSpeechError(error, 'speech.queue-full')) breaker.abstain();
        else breaker.fail();
        if (!speaks(fallback, audio.language)) throw error;
        return await fallBack(options, audio, reasonOf(error), breaker.state);
      }
    },
    close: async () => {
      await Promise.all([primary.close(), fallback.close()]);
    },
  };
}

async function fallBack(
  options: FallbackOptions,
  audio: SpeechAudio,
  reason: string,
  circuit: CircuitState,
): Promise<RecognizedSpeech> {
  options.onFallback({ ...(audio.callId === undefined ? {} : { callId: audio.callId }), reason, circuit });
  return {
    ...(await options.fallback.recognize(audio)),
    degraded: 'fallback-engine',
    fallbackReason: reason,
  };
}

function partialsOf(
  primary: SpeechRecognizer,
  fallback: SpeechRecognizer,
): SpeechRecognizerCapabilities['partials'] {
  const { partials } = primary.capabilities;
  return partials === 'none' ? fallback.capabilities.partials : partials;
}

function circuitOpenError(): AppError {
  return speechError(
    'speech.engine-unavailable',
    'Cannot recognise speech: the engine failed too often, and the one behind it lacks the language',
  );
}

function isEngineFailure(error: unknown, audio: SpeechAudio): boolean {
  if (audio.signal?.aborted === true) return false;
  return !callerCodes.some((code) => isSpeechError(error, code));
}

function speaks(recognizer: SpeechRecognizer, language: string): boolean {
  return recognizer.capabilities.languages.includes(language.split('-')[0]?.toLowerCase() ?? '');
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'speech.decode-failed';
}
