/** What a recogniser can do, as data. */
export interface SpeechRecognizerCapabilities {
  /** Primary language subtags, for example `en`; `en-US` asks for `en`. */
  readonly languages: readonly string[];
  readonly wordTimes: boolean;
  /**
   * How `partial` decodes of open speech, all of it each time, are answered. `whole`: decoded from its beginning;
   * `incremental`: only what is new since the one before; `none`: not to be asked for.
   */
  readonly partials: 'none' | 'whole' | 'incremental';
}

/**
 * What a decode is for. `final`: an utterance that somebody waits for. `speculative`: speech that has probably ended;
 * its text is kept if it has. `partial`: words of open speech for a live view, by a faster model where
 * there is one; dropped (`speech.queue-full`) when a final waits. Each class waits for the one before it.
 */
export type DecodePriority = 'final' | 'speculative' | 'partial';

/** One piece of speech to turn into text. */
export interface SpeechAudio {
  /** 8 kHz mono. */
  readonly pcm: Int16Array;
  /** BCP 47 tag. */
  readonly language: string;
  /** Default `final`. */
  readonly priority?: DecodePriority;
  /** Fires when somebody waits for the text after all: a decode that still waits becomes `final`. */
  readonly promotion?: AbortSignal;
  /** Whose speech it is: within a priority, calls take turns. Any text; never shown. */
  readonly callId?: string;
  /** Names and terms to expect, most important first. Engines take what they can, some none; never shown. */
  readonly phrases?: readonly string[];
  /** Gives up a decode that still waits; one that runs is finished and thrown away. */
  readonly signal?: AbortSignal;
}

/** A word with its time, whole ms from the first sample of the audio. */
export interface RecognizedWord {
  readonly content: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly punctuationBefore?: string;
  readonly punctuationAfter?: string;
}

/** Customer words: never log it, never put it in an error. */
export interface RecognizedSpeech {
  /** Empty where no words were heard. */
  readonly text: string;
  /** With `wordTimes` only; joined with their punctuation they are the text. */
  readonly words?: readonly RecognizedWord[];
  /** Set where less than the engine's best was used, and why. */
  readonly degraded?: 'small-model' | 'fallback-engine';
  /** With `fallback-engine`: the code of what went wrong with the other one, or `circuit-open`. */
  readonly fallbackReason?: string;
}

/**
 * Turns finished speech into text. May be called many times at once; results do not depend on what else runs,
 * but for those marked `degraded`.
 *
 * Errors: `speech.language-unsupported`, `speech.audio-too-long`, `speech.queue-full` (retryable),
 * `speech.decode-failed` (retryable), `speech.closed`; an abort rejects with the signal's reason.
 */
export interface SpeechRecognizer {
  readonly capabilities: SpeechRecognizerCapabilities;
  recognize(audio: SpeechAudio): Promise<RecognizedSpeech>;
  /** Waits for decodes that run; those that wait fail with `speech.closed`. May be called twice. */
  close(): Promise<void>;
}
