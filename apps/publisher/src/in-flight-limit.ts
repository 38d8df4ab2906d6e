/** Bounds how many POSTs to one endpoint are under way; first come, first served. */
export interface InFlightLimit {
  /** Waits for a place; `undefined` when the signal fires first. The answer gives the place back, once. */
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
  readonly waitingCount: number;
  readonly inFlightCount: number;
}

export function createInFlightLimit(inFlightMax: number): InFlightLimit {
  const waiting = new Set<() => void>();
  let inFlight = 0;

  const leaveOnce = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      inFlight -= 1;
      const [next] = waiting;
      next?.();
    };
  };
  const take = (): (() => void) => {
    inFlight += 1;
    return leaveOnce();
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
    get waitingCount() {
      return waiting.size;
    },
    get inFlightCount() {
      return inFlight;
    },
  };
}
