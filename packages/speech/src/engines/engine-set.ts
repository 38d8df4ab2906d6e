import type { SpeechEngine } from '@earshot/domain';
import { speechError } from '../lib/speech-error.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';

/** Engines of one process, each opened when it is first asked for, and once. */
export class EngineSet {
  readonly #openers: ReadonlyMap<SpeechEngine, () => Promise<SpeechRecognizer>>;
  readonly #opened = new Map<SpeechEngine, Promise<SpeechRecognizer>>();
  #closed = false;

  constructor(openers: ReadonlyMap<SpeechEngine, () => Promise<SpeechRecognizer>>) {
    this.#openers = openers;
  }

  get offered(): readonly SpeechEngine[] {
    return [...this.#openers.keys()];
  }

  /**
   * An opening that failed is tried again by the next caller. Throws `speech.engine-not-offered`, `speech.closed`, or
   * what the opening throws.
   */
  async open(engine: SpeechEngine): Promise<SpeechRecognizer> {
    if (this.#closed) throw speechError('speech.closed', `Cannot open ${engine}: the engines are closed`);
    const opened = this.#opened.get(engine);
    if (opened !== undefined) return await opened;
    const opener = this.#openers.get(engine);
    if (opener === undefined) {
      const offered = this.offered.join(', ');
      const message = `Cannot open ${engine}: this process offers ${offered}`;
      throw speechError('speech.engine-not-offered', message);
    }
    const opening = opener();
    this.#opened.set(engine, opening);
    try {
      return await opening;
    } catch (error) {
      this.#opened.delete(engine);
      throw error;
    }
  }

  /** Waits for what is being opened; may be called twice. */
  async close(): Promise<void> {
    this.#closed = true;
    const settled = await Promise.allSettled(this.#opened.values());
    // Whoever asked for one that failed has met the failure.
    const opened = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    await Promise.all(opened.map((recognizer) => recognizer.close()));
  }
}
