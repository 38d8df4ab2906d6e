import { setTimeout } from 'node:timers/promises';
import { samplesToMs } from '@earshot/domain';
import { DecodeQueue } from '../lib/decode-queue.ts';
import { speechError } from '../lib/speech-error.ts';
import type { RecognizedSpeech, SpeechAudio, SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { isRetryable } from './engine-failure.ts';
import type { CloudSession } from './cloud-session.ts';
import { SessionPool } from './session-pool.ts';
import { offeredLanguage, primaryLanguages } from './spoken-language.ts';

/** Limits that every cloud engine has. */
export interface CloudEngineLimits {
  /** Connections at once, and so utterances at once. Default 25. */
  readonly sessionsMax?: number;
  /** Utterances that may wait for a connection; one more fails with `speech.queue-full`. Default 256. */
  readonly queuedDecodesMax?: number;
  /** Tries per utterance, each on a connection that works; 1 does not try again. Default 3. */
  readonly attemptsMax?: number;
  /** Before the second try, doubled before each further one, 2000 ms at most. Default 200. */
  readonly retryDelayMs?: number;
  /** No try begins later than this after the first, so that a live call does not wait for long. Default 10000. */
  readonly retryMsMax?: number;
  /** A connection that heard nothing for so long is ended. Default 60000. */
  readonly sessionIdleMsMax?: number;
}

export interface SessionRecognizerOptions extends CloudEngineLimits {
  /** BCP 47 tags as the engine wants them. */
  readonly languages: readonly string[];
  /** A connection for one of `languages` that expects `phrases`; `speech.engine-*` errors only. */
  readonly open: (language: string, phrases: readonly string[]) => Promise<CloudSession>;
  /** After the last session ended. */
  readonly closeClient: () => void;
}

/** What is sent within `answerMsMax` at the default pace, twice over. */
const AUDIO_MS_MAX = 30_000;
const RETRY_DELAY_MS_MAX = 2000;

/** A recogniser over connections that stay open between the utterances of a call. */
export function createSessionRecognizer(options: SessionRecognizerOptions): SpeechRecognizer {
  const sessionsMax = options.sessionsMax ?? 25;
  const queue = new DecodeQueue({ inFlightMax: sessionsMax, queuedMax: options.queuedDecodesMax ?? 256 });
  const pool = new SessionPool({ sessionsMax, idleMsMax: options.sessionIdleMsMax ?? 60_000 });
  const attemptsMax = options.attemptsMax ?? 3;
  const retryDelayMs = options.retryDelayMs ?? 200;
  const retryMsMax = options.retryMsMax ?? 10_000;

  /** The utterance is kept until it is answered, so that a new connection hears it from its beginning. */
  const hear = async (language: string, audio: SpeechAudio): Promise<RecognizedSpeech> => {
    const startedAtMs = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await hearOnce(pool, options.open, language, audio);
      } catch (error) {
        const delayMs = Math.min(RETRY_DELAY_MS_MAX, retryDelayMs * 2 ** (attempt - 1));
        const nextAfterMs = performance.now() - startedAtMs + delayMs;
        if (attempt >= attemptsMax || nextAfterMs > retryMsMax || !isRetryable(error)) throw error;
        await setTimeout(delayMs);
      }
    }
  };
  return {
    // A stream hears speech once it is over: each partial would be paid for as a whole, and heard as context.
    capabilities: { languages: primaryLanguages(options.languages), wordTimes: true, partials: 'none' },
    recognize: async (audio) => {
      const language = offeredLanguage(options.languages, audio.language);
      checkDuration(audio.pcm);
      if (audio.pcm.length === 0) return { text: '' };
      return await queue.run(async () => await hear(language, audio), audio);
    },
    close: async () => {
      await queue.close();
      await pool.close();
      options.closeClient();
    },
  };
}

async function hearOnce(
  pool: SessionPool,
  open: SessionRecognizerOptions['open'],
  language: string,
  audio: SpeechAudio,
): Promise<RecognizedSpeech> {
  const phrases = audio.phrases ?? [];
  // Engines carry context from utterance to utterance: no call hears with another's.
  const key = JSON.stringify([language, audio.callId, phrases]);
  const session = await pool.take(key, async () => await open(language, phrases));
  try {
    return await session.hear(audio.pcm);
  } finally {
    pool.giveBack(key, session);
  }
}

function checkDuration(pcm: Int16Array): void {
  const durationMs = samplesToMs(pcm.length);
  if (durationMs <= AUDIO_MS_MAX) return;
  throw speechError(
    'speech.audio-too-long',
    `Cannot recognise ${Math.ceil(durationMs)} ms of audio: limit ${AUDIO_MS_MAX} ms`,
  );
}
