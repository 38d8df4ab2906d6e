/** Bounds how many POSTs to one endpoint are under way; first come, first served. */
export interface InFlightLimit {
  /** Waits for a place; `undefined` when the signal fires first. The answer gives the place back, once. */
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
  /** Takes effect as places are given back; those taken already stay. */
  setMax(inFlightMax: number): void;
  readonly waitingCount: number;
  readonly inFlightCount: number;
}

export function createInFlightLimit(initialMax: number): InFlightLimit {
  let inFlightMax = initialMax;
  const waiting = new Set<() => void>();
  let inFlight = 0;

  const admitWaiting = (): void => {
    for (const admit of waiting) {
      if (inFlight >= inFlightMax) return;
      admit();
    }
  };
  const take = (): (() => void) => {
    inFlight += 1;
    return once(() => {
      inFlight -= 1;
      admitWaiting();
    });
  };

  return {
    async enter(signal) {
      if (signal.aborted) return undefined;
      if (inFlight < inFlightMax) return take();
      const { promise, resolve } = Promise.withResolvers<(() => void) | undefined>();
      const admit = (): void => {
        waiting.delete(admit);
        signal.removeEventListener('abort', abort);
        resolve(take());
      };
      const abort = (): void => {
        waiting.delete(admit);
        resolve(undefined);
      };
      waiting.add(admit);
      signal.addEventListener('abort', abort, { once: true });
      return promise;
    },
    setMax(max) {
      inFlightMax = max;
      admitWaiting();
    },
    get waitingCount() {
      return waiting.size;
    },
    get inFlightCount() {
      return inFlight;
    },
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
