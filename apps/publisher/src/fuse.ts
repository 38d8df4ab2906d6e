/** An abort signal that fires by itself unless it is set anew in time. */
export interface Fuse {
  readonly signal: AbortSignal;
  /** Whether it fired or is due to: after a stall of the process the signal comes a moment late. */
  isOver(): boolean;
  set(afterMs: number): void;
  /** Fires now. */
  blow(): void;
  /** Never fires by itself again. */
  cut(): void;
}

export function createFuse(): Fuse {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;
  return {
    signal: controller.signal,
    isOver: () => controller.signal.aborted || performance.now() >= dueAtMs,
    set(afterMs) {
      clearTimeout(timer);
      dueAtMs = performance.now() + afterMs;
      timer = setTimeout(() => controller.abort(), afterMs);
    },
    blow() {
      clearTimeout(timer);
      controller.abort();
    },
    cut() {
      clearTimeout(timer);
      dueAtMs = Number.POSITIVE_INFINITY;
    },
  };
}
