import type { LaneKey, Notifications } from '@earshot/storage';
import { laneId } from './lane-id.ts';

/** What one lane run hears of its lane. */
export interface LaneWatch {
  /** Waits for a wake-up since the last call; one that came in between is not lost. Never rejects. */
  next(quietMs: number, signal: AbortSignal): Promise<'woken' | 'quiet' | 'aborted'>;
  /** Whether a wake-up since the last call said that rows already passed over are pending again. */
  takeReplay(): boolean;
  close(): void;
}

export interface LaneWakes {
  watch(lane: LaneKey): LaneWatch;
  close(): Promise<void>;
}

type Ring = (replayed: boolean) => void;

const FROM_BEGINNING = ' from-beginning';

/** One `lane_wake` subscription for the process; after a gap every watched lane is woken to look for itself. */
export async function listenForLaneWakes(notifications: Pick<Notifications, 'listen'>): Promise<LaneWakes> {
  const watched = new Map<string, Set<Ring>>();
  const wake = (id: string, replayed: boolean): void => watched.get(id)?.forEach((ring) => ring(replayed));
  const unlisten = await notifications.listen(
    'lane_wake',
    (payload) => {
      const replayed = payload.endsWith(FROM_BEGINNING);
      wake(replayed ? payload.slice(0, -FROM_BEGINNING.length) : payload, replayed);
    },
    () => [...watched.keys()].forEach((id) => wake(id, true)),
  );

  return {
    watch(lane) {
      const id = laneId(lane);
      const bell = createBell();
      const bells = watched.get(id) ?? new Set<Ring>();
      watched.set(id, bells.add(bell.ring));
      const close = (): void => {
        bells.delete(bell.ring);
        if (bells.size === 0 && watched.get(id) === bells) watched.delete(id);
      };
      return { next: bell.next, takeReplay: bell.takeReplay, close };
    },
    close: unlisten,
  };
}

function createBell(): Pick<LaneWatch, 'next' | 'takeReplay'> & { readonly ring: Ring } {
  let rung = false;
  let replay = false;
  let listener: (() => void) | undefined;
  const take = (): 'woken' => {
    rung = false;
    return 'woken';
  };
  return {
    ring(replayed) {
      rung = true;
      replay ||= replayed;
      listener?.();
    },
    takeReplay() {
      const taken = replay;
      replay = false;
      return taken;
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
