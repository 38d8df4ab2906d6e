/** Wakes one waiter; a ring while nobody waits is kept for the next wait. */
export interface Doorbell {
  ring(): void;
  /** Resolves at a ring, at the latest after `timeoutMs` or when the signal fires. Never rejects. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function createDoorbell(): Doorbell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(timeoutMs, signal) {
      if (!rung && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, timeoutMs);
        const abort = (): void => resolve();
        signal.addEventListener('abort', abort, { once: true });
        wake = resolve;
        await promise;
        wake = undefined;
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      }
      rung = false;
    },
  };
}
