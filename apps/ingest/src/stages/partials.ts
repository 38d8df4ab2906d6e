import type { SpeechRecognizer } from '@earshot/speech';
import type { HeardSpeech } from '../call-track.ts';
import type { IngestMetrics } from '../ingest-metrics.ts';

export interface PartialsOptions {
  readonly recognizer: SpeechRecognizer;
  readonly language: string;
  readonly callId: string;
  readonly phrases: readonly string[];
  /** Between two questions, at least. */
  readonly intervalMs: number;
  readonly clock: { now(): number };
  readonly metrics: Pick<IngestMetrics, 'partials'>;
  /** Copies the samples of open speech and judges them; `undefined` where they hold no speech. */
  readonly openSpeech: () => HeardSpeech | undefined;
  /** Told what was heard of speech that is not cut yet. */
  readonly onText: (speech: HeardSpeech, text: string) => void;
}

/** Asks for the words of one side's open speech from time to time, one question at a time. */
export class Partials {
  readonly #options: PartialsOptions;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #asking: AbortController | undefined;

  constructor(options: PartialsOptions) {
    this.#options = options;
  }

  /** Asks when it is time. */
  ask(): void {
    const { clock, intervalMs, openSpeech } = this.#options;
    if (this.#asking !== undefined) return;
    const nowMs = clock.now();
    if (nowMs - this.#askedAtMs < intervalMs) return;
    this.#askedAtMs = nowMs;
    const speech = openSpeech();
    if (speech === undefined) return;
    const givenUp = new AbortController();
    this.#asking = givenUp;
    // Its failure is counted: the next question is due within a second or two, and the final is asked for anyway.
    this.#answer(speech, givenUp.signal).catch(() =>
      this.#options.metrics.partials.add(1, { outcome: 'dropped' }),
    );
  }

  /** The speech was cut or is of no interest any more. What runs is finished, and nothing else asked before. */
  giveUp(): void {
    this.#asking?.abort();
  }

  async #answer(speech: HeardSpeech, givenUp: AbortSignal): Promise<void> {
    const { recognizer, language, callId, phrases, metrics, onText } = this.#options;
    try {
      const { text } = await recognizer.recognize({
        pcm: speech.segment.pcm,
        language,
        callId,
        phrases,
        priority: 'partial',
        signal: givenUp,
      });
      givenUp.throwIfAborted();
      onText(speech, text);
      metrics.partials.add(1, { outcome: 'heard' });
    } finally {
      this.#asking = undefined;
    }
  }
}
