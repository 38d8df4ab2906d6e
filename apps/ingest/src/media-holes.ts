import type { MediaHoles } from '@earshot/domain';

export const NO_HOLES: MediaHoles = { count: 0, totalMs: 0, longestMs: 0 };

export function addHole(holes: MediaHoles, lastedMs: number): MediaHoles {
  return {
    count: holes.count + 1,
    totalMs: holes.totalMs + lastedMs,
    longestMs: Math.max(holes.longestMs, lastedMs),
  };
}
