import type { Logger } from '@earshot/telemetry';
import type { CallStore, Notifications } from '@earshot/storage';

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
  watch(session: { tenantId: string; sessionId: string; leaseEpoch: number }): SessionControl;
  close(): Promise<void>;
}

export interface ControlRoomDeps {
  readonly calls: Pick<CallStore, 'readControl'>;
  readonly notifications: Pick<Notifications, 'listen'>;
  readonly clock: { now(): number };
  readonly logger: Logger;
}

/** One listener for all sessions of the process. */
export async function openControlRoom(deps: ControlRoomDeps): Promise<ControlRoom> {
  const watched = new Map<string, Set<() => void>>();
  const stopListening = await deps.notifications.listen(
    'session_stop',
    (sessionId) => watched.get(sessionId)?.forEach((notice) => notice()),
    () => watched.forEach((notices) => notices.forEach((notice) => notice())),
  );

  return {
    watch(session) {
      let stopAtMs: number | undefined;
      let fenced = false;
      let lookedAtMs = Number.NEGATIVE_INFINITY;
      const notice = (): void => {
        lookedAtMs = Number.NEGATIVE_INFINITY;
      };
      const notices = watched.get(session.sessionId) ?? new Set();
      watched.set(session.sessionId, notices.add(notice));
      return {
        get stopAtMs() {
          return stopAtMs;
        },
        get fenced() {
          return fenced;
        },
        async look() {
          if (fenced || deps.clock.now() - lookedAtMs < LOOK_INTERVAL_MS) return;
          lookedAtMs = deps.clock.now();
          const control = await deps.calls.readControl(session);
          if (control.type === 'fenced') fenced = true;
          else stopAtMs = control.stopAtMs;
        },
        close() {
          notices.delete(notice);
          if (notices.size === 0) watched.delete(session.sessionId);
        },
      };
    },
    close: stopListening,
  };
}
