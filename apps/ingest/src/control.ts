import type { CallStore, LeaseKey, Notifications } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';

/** A notification may be lost; the store is asked at least this often. */
const LOOK_INTERVAL_MS = 1000;

/** What a live session has to know from outside: when to stop, and whether it is still this worker's. */
export interface SessionControl {
  /** Set once a stop was requested. */
  readonly stopAtMs: number | undefined;
  /** Another worker took the session over: write nothing more. */
  readonly fenced: boolean;
  /** Asks the store, when it has not been asked for a while or a notification came. */
  look(): Promise<void>;
  close(): void;
}

export interface ControlRoom {
  watch(lease: LeaseKey): SessionControl;
  close(): Promise<void>;
}

export interface ControlRoomDeps {
  readonly calls: Pick<CallStore, 'readControls'>;
  readonly notifications: Pick<Notifications, 'listen'>;
  readonly clock: { now(): number };
  readonly logger: Logger;
}

interface Watched {
  readonly lease: LeaseKey;
  stopAtMs: number | undefined;
  fenced: boolean;
  /** Something may be new: the next look waits for the store. */
  due: boolean;
}

/**
 * One listener for all sessions of the process, and one question for all of them: the first session that looks after
 * an interval asks for every other as well, which then need not wait.
 */
export async function openControlRoom(deps: ControlRoomDeps): Promise<ControlRoom> {
  const watched = new Set<Watched>();
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const stopListening = await deps.notifications.listen(
    'session_stop',
    (sessionId) => {
      for (const session of watched) if (session.lease.sessionId === sessionId) session.due = true;
    },
    () => {
      askedAtMs = Number.NEGATIVE_INFINITY;
    },
  );

  async function ask(): Promise<void> {
    const all = deps.clock.now() - askedAtMs >= LOOK_INTERVAL_MS;
    if (all) askedAtMs = deps.clock.now();
    const asked = [...watched].filter((session) => !session.fenced && (all || session.due));
    for (const session of asked) session.due = false;
    try {
      const controls = await deps.calls.readControls(asked.map(({ lease }) => lease));
      for (const [index, session] of asked.entries()) {
        const control = controls[index];
        if (control?.type === 'held') session.stopAtMs = control.stopAtMs;
        else session.fenced = true;
      }
    } catch (error) {
      for (const session of asked) session.due = true;
      throw error;
    }
  }

  async function look(session: Watched): Promise<void> {
    if (session.fenced) return;
    const askedLately = deps.clock.now() - askedAtMs < LOOK_INTERVAL_MS;
    if (!session.due && (askedLately || asking !== undefined)) return;
    // The question under way was asked before this session had one; its failure is told to who asked it.
    if (asking !== undefined) await asking.catch(() => undefined);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    await asking;
  }

  return {
    watch(lease) {
      const session: Watched = { lease, stopAtMs: undefined, fenced: false, due: true };
      watched.add(session);
      return {
        get stopAtMs() {
          return session.stopAtMs;
        },
        get fenced() {
          return session.fenced;
        },
        look: () => look(session),
        close: () => void watched.delete(session),
      };
    },
    close: stopListening,
  };
}
