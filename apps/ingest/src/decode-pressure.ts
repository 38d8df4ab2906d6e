import type { SpeechAudio, SpeechRecognizer } from '@earshot/speech';
import type { IngestMetrics } from './ingest-metrics.ts';

/** Waits kept: more finals than that in a window are judged by the latest of them. */
const ANSWERED_MAX = 512;

export interface DecodePressureDeps {
  readonly clock: { now(): number };
  readonly metrics: Pick<IngestMetrics, 'finalsWaiting' | 'finalWaitSeconds'>;
}

interface Answered {
  readonly atMs: number;
  readonly waitedMs: number;
}

/** How long the texts that somebody waits for keep them waiting, decode included. */
export class DecodePressure {
  readonly #deps: DecodePressureDeps;
  readonly #windowMs: number;
  readonly #waitingSinceMs = new Set<{ readonly atMs: number }>();
  readonly #answered: Answered[] = [];

  constructor(deps: DecodePressureDeps, windowMs: number) {
    this.#deps = deps;
    this.#windowMs = windowMs;
  }

  /** Finals asked for and not answered. */
  get waitingCount(): number {
    return this.#waitingSinceMs.size;
  }

  /** Waits of the window, those that still last included. */
  waitsMs(): readonly number[] {
    const nowMs = this.#deps.clock.now();
    const fromMs = nowMs - this.#windowMs;
    const over = this.#answered.filter(({ atMs }) => atMs >= fromMs).map(({ waitedMs }) => waitedMs);
    return [...over, ...[...this.#waitingSinceMs].map(({ atMs }) => nowMs - atMs)];
  }

  /** The same recogniser, watched: a speculation counts from its promotion on. */
  watch(recognizer: SpeechRecognizer): SpeechRecognizer {
    return {
      capabilities: recognizer.capabilities,
      recognize: async (audio) => {
        const end = this.#beginWhenFinal(audio);
        try {
          return await recognizer.recognize(audio);
        } finally {
          end();
        }
      },
      close: () => recognizer.close(),
    };
  }

  #beginWhenFinal({ priority = 'final', promotion }: SpeechAudio): () => void {
    if (priority === 'final' || promotion?.aborted === true) return this.#begin();
    let end: (() => void) | undefined;
    const promote = (): void => {
      end = this.#begin();
    };
    promotion?.addEventListener('abort', promote, { once: true });
    return () => {
      promotion?.removeEventListener('abort', promote);
      end?.();
    };
  }

  #begin(): () => void {
    const { clock, metrics } = this.#deps;
    const waiting = { atMs: clock.now() };
    this.#waitingSinceMs.add(waiting);
    metrics.finalsWaiting.set(this.waitingCount);
    return () => {
      this.#waitingSinceMs.delete(waiting);
      const atMs = clock.now();
      const waitedMs = Math.max(0, atMs - waiting.atMs);
      this.#answered.push({ atMs, waitedMs });
      if (this.#answered.length > ANSWERED_MAX) this.#answered.shift();
      metrics.finalsWaiting.set(this.waitingCount);
      metrics.finalWaitSeconds.observe(waitedMs / 1000);
    };
  }
}
