/** What a recogniser can do, as data. */
export interface SpeechRecognizerCapabilities {
  /** Primary language subtags, for example `en`; `en-US` asks for `en`. */
  readonly languages: readonly string[];
  readonly wordTimes: boolean;
}

/** One piece of speech to turn into text. */
export interface SpeechAudio {
  /** 8 kHz mono. */
  readonly pcm: Int16Array;
  /** BCP 47 tag. */
  readonly language: string;
  /** Gives up a decode that still waits; one that runs is finished and thrown away. */
  readonly signal?: AbortSignal;
}

/** Customer words: never log it, never put it in an error. */
export interface RecognizedSpeech {
  /** Empty where no words were heard. */
  readonly text: string;
}

/**
 * Turns finished speech into text. May be called many times at once; results do not depend on what else runs.
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
