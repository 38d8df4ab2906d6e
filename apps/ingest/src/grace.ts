export interface Grace {
  /** Fires `graceMs` after the outer signal did. */
  readonly signal: AbortSignal;
  /** Lets go of everything; the signal fires no more. */
  close(): Promise<void>;
}

/** Time to leave in order: what is told to stop may finish what it is at, within limits. */
export function giveGrace(
  outer: AbortSignal,
  graceMs: number,
  pause: (delayMs: number, signal: AbortSignal) => Promise<void>,
): Grace {
  const over = new AbortController();
  const closed = new AbortController();
  let waiting: Promise<void> = Promise.resolve();
  const begin = (): void => {
    waiting = pause(graceMs, closed.signal).then(
      () => over.abort(outer.reason),
      // Closed in time.
      () => undefined,
    );
  };
  if (outer.aborted) begin();
  else outer.addEventListener('abort', begin, { once: true });
  return {
    signal: over.signal,
    async close() {
      outer.removeEventListener('abort', begin);
      closed.abort();
      await waiting;
    },
  };
}
