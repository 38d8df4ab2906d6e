import type { Clock } from '@earshot/domain';
import type { VideoStream } from './video-stream.ts';

export interface MediaSessionOptions {
  /** Without media for this long the body ends. */
  readonly idleMsMax: number;
  /** The body ends after this long, also within a fragment. */
  readonly sessionMsMax: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How long one response may still go on. */
export class MediaSession {
  readonly #stream: VideoStream;
  readonly #options: MediaSessionOptions;
  readonly #endsAtMs: number;
  #mediaAtMs: number;

  constructor(stream: VideoStream, options: MediaSessionOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#mediaAtMs = options.clock.now();
    this.#endsAtMs = this.#mediaAtMs + options.sessionMsMax;
  }

  get isOver(): boolean {
    return this.#options.signal.aborted || this.#stream.isDeleted || this.#restMs() <= 0;
  }

  noteMedia(): void {
    this.#mediaAtMs = this.#options.clock.now();
  }

  wait(): Promise<void> {
    return this.#stream.waitForChange(this.#restMs(), this.#options.signal);
  }

  #restMs(): number {
    return Math.min(this.#endsAtMs, this.#mediaAtMs + this.#options.idleMsMax) - this.#options.clock.now();
  }
}
