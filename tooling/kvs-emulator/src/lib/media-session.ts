import type { Clock } from '@earshot/domain';
import type { VideoStream } from './video-stream.ts';

export interface MediaSessionOptions {
  /** Without media for this long the body ends. */
  readonly idleMsMax: number;
  /** The body ends after this long, also within a fragment. */
  readonly sessionMsMax: number;
  readonly clock: Clock;
  /** Fires when the response is over. */
  readonly signal: AbortSignal;
}

/** How long one response may still go on, and its way to wait for media. One waiter at a time. */
export class MediaSession {
  readonly #stream: VideoStream;
  readonly #options: MediaSessionOptions;
  readonly #endsAtMs: number;
  #mediaAtMs: number;
  #hasChanged = false;
  #resume: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: VideoStream, options: MediaSessionOptions) {
    const { clock, sessionMsMax, signal } = options;
    this.#stream = stream;
    this.#options = options;
    this.#mediaAtMs = clock.now();
    this.#endsAtMs = this.#mediaAtMs + sessionMsMax;
    const wake = (): void => this.#wake();
    const unwatch = stream.watch(wake);
    const end = (): void => {
      unwatch();
      clearTimeout(this.#timer);
      wake();
    };
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  }

  get isOver(): boolean {
    return this.#options.signal.aborted || this.#stream.isDeleted || this.#restMs() <= 0;
  }

  noteMedia(): void {
    this.#mediaAtMs = this.#options.clock.now();
  }

  /** Resolves when the stream has changed since the last wait, or when the session may be over. */
  async wait(): Promise<void> {
    if (!this.#hasChanged && !this.isOver) {
      // One timer for many waits: when it fires too early, since media came, the next wait sets it anew.
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#wake();
      }, this.#restMs());
      await new Promise<void>((resolve) => (this.#resume = resolve));
    }
    this.#hasChanged = false;
  }

  #wake(): void {
    this.#hasChanged = true;
    this.#resume?.();
    this.#resume = undefined;
  }

  #restMs(): number {
    return Math.min(this.#endsAtMs, this.#mediaAtMs + this.#options.idleMsMax) - this.#options.clock.now();
  }
}
