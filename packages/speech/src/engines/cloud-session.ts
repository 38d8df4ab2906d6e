import type { RecognizedSpeech } from '../lib/speech-recognizer.ts';

/** An open connection to an engine that hears one utterance after the other. */
export interface CloudSession {
  /** False once it can hear no more: ended, cut, refused or as old as it may get. */
  readonly usable: boolean;
  /**
   * One utterance at a time, at most `answerMsMax`. Rejects with `speech.engine-unavailable`, `-limited` or
   * `-refused`, after which the session is not usable.
   */
  hear(pcm: Int16Array): Promise<RecognizedSpeech>;
  /** Ends within a bounded time and never rejects; may be called twice. */
  end(): Promise<void>;
}
