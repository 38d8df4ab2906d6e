import type { RecognizedSpeech, SpeechRecognizer, SpeechSegment } from '@earshot/speech';
import type { IngestMetrics } from '../ingest-metrics.ts';

export interface SpeculationOptions {
  readonly recognizer: SpeechRecognizer;
  readonly language: string;
  readonly callId: string;
  readonly phrases: readonly string[];
  readonly metrics: Pick<IngestMetrics, 'speculations'>;
  /** Of the call: gives up whatever was asked. */
  readonly signal: AbortSignal;
}

interface Guess {
  readonly segment: SpeechSegment;
  readonly answer: Promise<RecognizedSpeech>;
  readonly confirmed: AbortController;
  readonly refuted: AbortController;
}

/** Asks for the text of one side's speech that has probably ended, so that it is there when the cut comes. */
export class Speculation {
  readonly #options: SpeculationOptions;
  #guess: Guess | undefined;

  constructor(options: SpeculationOptions) {
    this.#options = options;
  }

  /** @param likely what the endpointer would cut now; a question about anything else is given up */
  follow(likely: SpeechSegment | undefined): void {
    if (likely !== undefined && this.#guess !== undefined && isSameAudio(this.#guess.segment, likely)) return;
    this.giveUp();
    if (likely !== undefined) this.#guess = this.#ask(likely);
  }

  /** The answer for a cut of just the audio that was asked about: from now on somebody waits for it. */
  claim(segment: SpeechSegment): Promise<RecognizedSpeech> | undefined {
    const guess = this.#guess;
    if (guess === undefined || !isSameAudio(guess.segment, segment)) return undefined;
    this.#guess = undefined;
    guess.confirmed.abort();
    this.#options.metrics.speculations.add(1, { outcome: 'kept' });
    return guess.answer;
  }

  giveUp(): void {
    if (this.#guess === undefined) return;
    this.#guess.refuted.abort();
    this.#guess = undefined;
    this.#options.metrics.speculations.add(1, { outcome: 'refuted' });
  }

  #ask(segment: SpeechSegment): Guess {
    const { recognizer, language, callId, phrases, signal } = this.#options;
    const confirmed = new AbortController();
    const refuted = new AbortController();
    const answer = recognizer.recognize({
      pcm: segment.pcm,
      language,
      callId,
      phrases,
      priority: 'speculative',
      promotion: confirmed.signal,
      signal: AbortSignal.any([signal, refuted.signal]),
    });
    // Whoever claims it meets its failure; one that nobody claims is of no interest.
    answer.catch(() => undefined);
    return { segment, answer, confirmed, refuted };
  }
}

function isSameAudio(a: SpeechSegment, b: SpeechSegment): boolean {
  return (
    a.startSample === b.startSample &&
    a.endSample === b.endSample &&
    a.decodeStartSample === b.decodeStartSample &&
    a.decodeEndSample === b.decodeEndSample
  );
}
