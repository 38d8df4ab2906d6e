/** Something done again and again in the background until it is paused; never two at once. */
export interface Renewals {
  start(): void;
  /** Resolves when none is under way and none will come. */
  pause(): Promise<void>;
}

/** Renewals of one process come at common moments, so that they can share a statement: this many in `everyMs`. */
const COMMON_MOMENTS = 8;

/** `renew` answers whether to go on and must not reject. */
export function createRenewals(everyMs: number, renew: () => Promise<boolean>): Renewals {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  let paused = true;

  const schedule = (): void => {
    const sinceMomentMs = performance.now() % (everyMs / COMMON_MOMENTS);
    timer = setTimeout(() => {
      current = renew().then((goOn) => {
        if (goOn && !paused) schedule();
      });
    }, everyMs - sinceMomentMs);
  };

  return {
    start() {
      paused = false;
      schedule();
    },
    async pause() {
      paused = true;
      clearTimeout(timer);
      await current;
    },
  };
}
