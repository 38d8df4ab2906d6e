import type { LaneKey, Notifications } from '@earshot/storage';
import { laneId } from './lane-id.ts';

/** What one lane run hears of its lane. */
export interface LaneWatch {
  /** Waits for a wake-up since the last call; one that came in between is not lost. Never rejects. */
  next(quietMs: number, signal: AbortSignal): Promise<'woken' | 'quiet' | 'aborted'>;
  close(): void;
}

export interface LaneWakes {
  watch(lane: LaneKey): LaneWatch;
  close(): Promise<void>;
}

/** One `lane_wake` subscription for the process; after a gap every watched lane is woken to look for itself. */
export async function listenForLaneWakes(notifications: Pick<Notifications, 'listen'>): Promise<LaneWakes> {
  const watched = new Map<string, Set<() => void>>();
  const wake = (id: string): void => watched.get(id)?.forEach((notify) => notify());
  const unlisten = await notifications.listen('lane_wake', wake, () => [...watched.keys()].forEach(wake));

  return {
    watch(lane) {
      const id = laneId(lane);
      const bell = createBell();
      const bells = watched.get(id) ?? new Set<() => void>();
      watched.set(id, bells.add(bell.ring));
      const close = (): void => {
        bells.delete(bell.ring);
        if (bells.size === 0 && watched.get(id) === bells) watched.delete(id);
      };
      return { next: bell.next, close };
    },
    close: unlisten,
  };
}

function createBell(): { ring: () => void; next: LaneWatch['next'] } {
  let rung = false;
  let listener: (() => void) | undefined;
  const take = (): 'woken' => {
    rung = false;
    return 'woken';
  };
  return {
    ring() {
      rung = true;
      listener?.();
    },
    async next(quietMs, signal) {
      if (signal.aborted) return 'aborted';
      if (rung) return take();
      const { promise, resolve } = Promise.withResolvers<'woken' | 'quiet' | 'aborted'>();
      const abort = (): void => resolve('aborted');
      const timer = setTimeout(() => resolve('quiet'), quietMs);
      signal.addEventListener('abort', abort, { once: true });
      listener = () => resolve('woken');
      try {
        const heard = await promise;
        return heard === 'woken' ? take() : heard;
      } finally {
        listener = undefined;
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      }
    },
  };
}
