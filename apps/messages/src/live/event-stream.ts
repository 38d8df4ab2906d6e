export interface EventStreamOptions {
  /** Ends the source; called before it is waited for. */
  readonly stop: () => void;
  /** A reader that takes nothing for this long is given up. */
  readonly stallMs: number;
  /** Told of a reader that is given up; the stream itself cannot cut its connection. */
  readonly onStalled: () => void;
  /** Told of what the source threw; the stream ends. */
  readonly onFailed: (error: unknown) => void;
  /** Told once when the stream is over: the source has ended, or the reader went away. */
  readonly onClosed: (by: 'source' | 'reader') => void;
}

/**
 * Text pieces as a stream of bytes that is pulled: nothing is taken from the source before the reader has taken what
 * came before, so that at most one piece waits.
 */
export function eventStream(
  source: AsyncGenerator<string>,
  options: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const watchReader = (): NodeJS.Timeout => setTimeout(options.onStalled, options.stallMs);
  let stallTimer = watchReader();
  let closed = false;
  const finish = (by: 'source' | 'reader'): void => {
    closed = true;
    clearTimeout(stallTimer);
    options.onClosed(by);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stallTimer);
        const next = await source.next().catch((error: unknown) => {
          if (!closed) options.onFailed(error);
          return undefined;
        });
        if (closed) return;
        if (next === undefined || next.done === true) {
          finish('source');
          controller.close();
          return;
        }
        stallTimer = watchReader();
        controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        finish('reader');
        options.stop();
        await source.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
