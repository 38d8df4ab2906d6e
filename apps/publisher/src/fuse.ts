/** An abort signal that fires by itself unless it is set anew in time. */
export interface Fuse {
  readonly signal: AbortSignal;
  set(afterMs: number): void;
  /** Fires now. */
  blow(): void;
  /** Never fires by itself again. */
  cut(): void;
}

export function createFuse(): Fuse {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    set(afterMs) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), afterMs);
    },
    blow() {
      clearTimeout(timer);
      controller.abort();
    },
    cut: () => clearTimeout(timer),
  };
}
