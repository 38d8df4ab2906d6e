import type { StreamWord } from './stream-words.ts';

/** What an engine said about a stretch of the stream, times in ms from the stream's first sample. */
export interface StreamResult {
  /** False while the engine may still change it. */
  readonly isFinal: boolean;
  readonly endMs: number;
  readonly words: readonly StreamWord[];
  /** The engine says that it has answered all it was sent before `finishUtterance`. */
  readonly isFlushed: boolean;
}

/** One connection of one engine; nothing here waits or throws but `results`. */
export interface RecognitionStream {
  /** 8 kHz mono; kept, so never written to again. */
  send(pcm: Int16Array): void;
  /** Asks for the words of what was sent, on a connection that goes on. Returns the samples of silence it added. */
  finishUtterance(): number;
  /** Keeps the engine from giving up while nobody speaks. Returns the samples of silence it added. */
  keepAlive(): number;
  /** No more audio: the engine answers what is left, then `results` ends. May be called twice. */
  end(): void;
  /** Drops the connection; `results` ends or throws soon after. */
  abandon(): void;
  /** Ends with the connection; throws `speech.engine-*` where it broke. Read once. */
  readonly results: AsyncIterable<StreamResult>;
}
