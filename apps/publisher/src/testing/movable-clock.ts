import type { Clock } from '@earshot/domain';

/** A clock that runs with the system's, and can be put forward. */
export interface MovableClock extends Clock {
  forward(ms: number): void;
}

export function movableClock(): MovableClock {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    forward(ms) {
      aheadMs += ms;
    },
  };
}
