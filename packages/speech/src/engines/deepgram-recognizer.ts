import { TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { speechError } from '../lib/speech-error.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { DEEPGRAM, openDeepgramStream } from './deepgram-stream.ts';
import { createSessionRecognizer, type CloudEngineLimits } from './session-recognizer.ts';
import { StreamedSession } from './streamed-session.ts';

export interface DeepgramOptions extends CloudEngineLimits {
  readonly apiKey: string;
  /** Default `wss://api.deepgram.com/v1/listen`. */
  readonly url?: string;
  /** Default `nova-3`. */
  readonly model?: string;
  /** Language tags of the model, for example `en-US`, `es`; not empty. */
  readonly languages: readonly string[];
  /** Words and phrases to expect, at most 100; `nova-3` takes them. Those of a call follow after them. */
  readonly keyterms?: readonly string[];
  /** How much faster than spoken the audio of an utterance is sent. Default 8; `Infinity` does not wait. */
  readonly sendSpeed?: number;
  /** Beyond the length of the utterance, each try. Default 8000. */
  readonly answerMsMax?: number;
  /** After `Finalize` without an answer, the stream is closed to get one. Default 1500. */
  readonly settleMs?: number;
  /** How often an idle connection is kept alive; Deepgram gives up after 10 s. Default 4000. */
  readonly keepAliveMs?: number;
}

const DEFAULT_URL = 'wss://api.deepgram.com/v1/listen';
const DEFAULT_MODEL = 'nova-3';
const KEYTERMS_MAX = 100;
/** Deepgram counts 500 tokens at most; a token of a rare name is two letters or more. */
const KEYTERM_CHARS_MAX = 1000;
const PIECE_MS = 100;
const SESSION_MS_MAX = 60 * 60 * 1000;

/**
 * Deepgram over a WebSocket at 8 kHz with word times. A connection stays open between the utterances of a call; a
 * broken one is replaced and hears the utterance again from its beginning.
 *
 * Errors beside those of `SpeechRecognizer`: `speech.engine-unavailable` and `speech.engine-limited` (retryable, after
 * `attemptsMax` tries), `speech.engine-refused` (key, balance, parameters), `speech.option-invalid`.
 */
export async function createDeepgramRecognizer(options: DeepgramOptions): Promise<SpeechRecognizer> {
  const sendSpeed = options.sendSpeed ?? 8;
  checkOptions(options, sendSpeed);
  // Imported here, so that other engines do not load it.
  const { WebSocket } = await import('ws');
  return createSessionRecognizer({
    ...options,
    open: (language, phrases) => {
      const stream = openDeepgramStream(WebSocket, listenUrl(options, language, phrases), options.apiKey);
      const session = new StreamedSession(DEEPGRAM, stream, {
        keepAliveMs: options.keepAliveMs ?? 4000,
        settleMs: options.settleMs ?? 1500,
        answerSpeed: Number.POSITIVE_INFINITY,
        answerMsMax: options.answerMsMax ?? 8000,
        pieceGapMs: PIECE_MS / sendSpeed,
        sessionMsMax: SESSION_MS_MAX,
        // A result spans all the audio it answers, words or not.
        coveredWithinMs: 1,
      });
      return Promise.resolve(session);
    },
    closeClient: () => undefined,
  });
}

function listenUrl(options: DeepgramOptions, language: string, phrases: readonly string[]): URL {
  const url = new URL(options.url ?? DEFAULT_URL);
  const parameters: readonly (readonly [string, string])[] = [
    ['model', options.model ?? DEFAULT_MODEL],
    ['language', language],
    ['encoding', 'linear16'],
    ['sample_rate', String(TELEPHONY_SAMPLE_RATE_HZ)],
    ['channels', '1'],
    ['punctuate', 'true'],
    ['interim_results', 'false'],
    ...keytermsOf(options, phrases).map((term) => ['keyterm', term] as const),
  ];
  for (const [name, value] of parameters) url.searchParams.append(name, value);
  return url;
}

/** The operator's, then as many of the call's as fit: one too many, and Deepgram would refuse the connection. */
function keytermsOf(options: DeepgramOptions, phrases: readonly string[]): readonly string[] {
  const keyterms = [...(options.keyterms ?? [])];
  let chars = keyterms.reduce((sum, term) => sum + term.length, 0);
  for (const phrase of phrases) {
    chars += phrase.length;
    if (keyterms.length >= KEYTERMS_MAX || chars > KEYTERM_CHARS_MAX) break;
    keyterms.push(phrase);
  }
  return keyterms;
}

function checkOptions(options: DeepgramOptions, sendSpeed: number): void {
  const keytermCount = options.keyterms?.length ?? 0;
  const problem =
    (options.languages.length === 0 && 'languages is empty') ||
    (!/^[\x21-\x7e]+$/.test(options.apiKey) && 'apiKey is empty or no header text') ||
    (!/^wss?:\/\//.test(options.url ?? DEFAULT_URL) && 'url does not begin with wss:// or ws://') ||
    (keytermCount > KEYTERMS_MAX && `${keytermCount} keyterms, limit ${KEYTERMS_MAX}`) ||
    (!(sendSpeed >= 1) && `sendSpeed is ${sendSpeed}, want 1 or more`);
  if (problem) throw speechError('speech.option-invalid', `Cannot use deepgram: ${problem}`);
}
