/** Collects what happens and lets a test wait until it has happened. */
export interface Seen<T> {
  readonly items: readonly T[];
  push(item: T): void;
  /** Resolves when there are `count` items; the test's own time limit bounds it. */
  reaches(count: number): Promise<readonly T[]>;
}

export function collectSeen<T>(): Seen<T> {
  const items: T[] = [];
  const waiters = new Set<() => void>();
  return {
    items,
    push(item) {
      items.push(item);
      for (const wake of waiters) wake();
    },
    reaches: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (items.length < count) return;
          waiters.delete(check);
          resolve([...items]);
        };
        waiters.add(check);
        check();
      }),
  };
}

/** Resolves when the signal fires. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
