import type { Clock } from '@earshot/domain';
import { documentHead, documentTail, errorDocument, mediaBlocks } from './connect-document.ts';
import type { Fragment } from './fragment.ts';
import type { StartPosition } from './start-position.ts';
import type { VideoStream } from './video-stream.ts';

export interface MediaBodyOptions {
  /** Without media for this long the body ends. */
  readonly idleMsMax: number;
  /** The body ends after this long, also within a fragment. */
  readonly sessionMsMax: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The body of one GetMedia response: one document a fragment, blocks as soon as the producer sent them. */
export async function* mediaBody(
  stream: VideoStream,
  start: StartPosition,
  options: MediaBodyOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (start.type === 'error') {
    yield errorDocument(start);
    return;
  }
  const session = new MediaSession(stream, options);
  let ordinal = start.ordinal;
  while (!session.isOver) {
    const fragment = stream.fragmentFrom(ordinal);
    if (fragment === undefined) {
      await session.wait();
      continue;
    }
    yield documentHead(fragment, stream.options.identity);
    yield* fragmentBlocks(fragment, session);
    if (fragment.serverEndMs === undefined) return;
    yield documentTail(fragment, stream.options.identity, millisBehind(stream, fragment));
    ordinal = fragment.ordinal + 1;
  }
}

async function* fragmentBlocks(fragment: Fragment, session: MediaSession): AsyncGenerator<Uint8Array> {
  let sent = 0;
  while (!session.isOver) {
    if (sent < fragment.blocks.length) {
      const blocks = fragment.blocks.slice(sent);
      sent += blocks.length;
      session.noteMedia();
      yield mediaBlocks(blocks);
    } else if (fragment.serverEndMs !== undefined) {
      return;
    } else {
      await session.wait();
    }
  }
}

function millisBehind(stream: VideoStream, fragment: Fragment): number {
  return Math.max(0, (stream.newest()?.serverTimestampMs ?? 0) - fragment.serverTimestampMs);
}

/** How long one response may still go on. */
class MediaSession {
  readonly #stream: VideoStream;
  readonly #options: MediaBodyOptions;
  readonly #endsAtMs: number;
  #mediaAtMs: number;

  constructor(stream: VideoStream, options: MediaBodyOptions) {
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
