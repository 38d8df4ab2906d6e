import type { LanguageCode, TranscribeStreamingClientConfig } from '@aws-sdk/client-transcribe-streaming';
import { speechError } from '../lib/speech-error.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { createSessionRecognizer, type CloudEngineLimits } from './session-recognizer.ts';
import { StreamedSession } from './streamed-session.ts';
import { AMAZON_TRANSCRIBE } from './transcribe-failure.ts';
import { openTranscribeStream } from './transcribe-stream.ts';

export interface AmazonTranscribeOptions extends CloudEngineLimits {
  readonly region: string;
  /** Default: the SDK's chain (environment, profile, container, instance). */
  readonly credentials?: TranscribeStreamingClientConfig['credentials'];
  /** In place of the region's own. */
  readonly endpointUrl?: string;
  /** Language codes of Amazon Transcribe that take 8 kHz, for example `en-US`, `es-US`; not empty. */
  readonly languages: readonly string[];
  /** A custom vocabulary that exists in the account, for `vocabularyLanguage` only. */
  readonly vocabularyName?: string;
  /** Default the first of `languages`. */
  readonly vocabularyLanguage?: string;
  /** How much faster than spoken the audio of an utterance is sent. Default 8; `Infinity` does not wait. */
  readonly sendSpeed?: number;
  /** Beyond the length of the utterance, each try. Default 8000. */
  readonly answerMsMax?: number;
  /** After the service has had its time without a closing result, the stream is ended to get one. Default 1500. */
  readonly settleMs?: number;
  /** How much faster than spoken the service is taken to work. Default 1, as it is documented to. */
  readonly answerSpeed?: number;
  /** How often an idle stream is fed 100 ms of silence; Transcribe gives up after 15 s. Default 5000. */
  readonly keepAliveMs?: number;
}

/** Transcribe ends a stream after 4 hours. */
const SESSION_MS_MAX = 3 * 60 * 60 * 1000;
const PIECE_MS = 100;
const silent = (): void => undefined;
/** The SDK warns on the console of each stream that fails; the error that is thrown says so already. */
const silentLogger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/**
 * Amazon Transcribe streaming at 8 kHz with word times. A stream stays open between the utterances of a call and
 * is fed silence; a broken one is replaced and hears the utterance again from its beginning.
 *
 * Errors beside those of `SpeechRecognizer`: `speech.engine-unavailable` and `speech.engine-limited` (retryable, after
 * `attemptsMax` tries), `speech.engine-refused` (credentials, bad request), `speech.option-invalid`.
 */
export async function createAmazonTranscribeRecognizer(
  options: AmazonTranscribeOptions,
): Promise<SpeechRecognizer> {
  const [firstLanguage] = options.languages;
  const sendSpeed = options.sendSpeed ?? 8;
  if (firstLanguage === undefined) {
    throw speechError('speech.option-invalid', 'Cannot use amazon-transcribe: languages is empty');
  }
  if (!(sendSpeed >= 1)) {
    throw speechError(
      'speech.option-invalid',
      `Cannot use amazon-transcribe: sendSpeed is ${sendSpeed}, want 1 or more`,
    );
  }
  if (options.answerSpeed !== undefined && !(options.answerSpeed > 0)) {
    throw speechError(
      'speech.option-invalid',
      `Cannot use amazon-transcribe: answerSpeed is ${options.answerSpeed}, want more than 0`,
    );
  }
  // Imported here, so that other engines do not load the SDK.
  const sdk = await import('@aws-sdk/client-transcribe-streaming');
  const client = new sdk.TranscribeStreamingClient({
    region: options.region,
    // Tries are counted per utterance, by the session recogniser.
    maxAttempts: 1,
    logger: silentLogger,
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
  });
  const vocabularyLanguage = options.vocabularyLanguage ?? firstLanguage;
  return createSessionRecognizer({
    ...options,
    open: (language) => {
      const { vocabularyName } = options;
      const stream = openTranscribeStream(client, sdk.StartStreamTranscriptionCommand, {
        languageCode: asLanguageCode(language),
        ...(vocabularyName === undefined || language !== vocabularyLanguage ? {} : { vocabularyName }),
      });
      return Promise.resolve(
        new StreamedSession(AMAZON_TRANSCRIBE, stream, sessionLimits(options, sendSpeed)),
      );
    },
    closeClient: () => client.destroy(),
  });
}

function sessionLimits(
  options: AmazonTranscribeOptions,
  sendSpeed: number,
): ConstructorParameters<typeof StreamedSession>[2] {
  return {
    keepAliveMs: options.keepAliveMs ?? 5000,
    settleMs: options.settleMs ?? 1500,
    answerSpeed: options.answerSpeed ?? 1,
    answerMsMax: options.answerMsMax ?? 8000,
    pieceGapMs: PIECE_MS / sendSpeed,
    sessionMsMax: SESSION_MS_MAX,
    // The roll after the speech, and what Transcribe leaves out at the end of a word.
    coveredWithinMs: 400,
  };
}

/** Operators may name languages that are newer than this SDK; the service refuses those it does not know. */
function asLanguageCode(tag: string): LanguageCode {
  return tag as LanguageCode;
}
