import type { Notifications } from '@earshot/storage';

export interface SessionEndWatch {
  /**
   * Resolves when a notification says the session may have ended, when notifications were lost, or after
   * `timeoutMs`, whichever is first. `cancel` ends the wait at once.
   */
  waitFor(sessionId: string, timeoutMs: number): { readonly woken: Promise<void>; cancel(): void };
  close(): Promise<void>;
}

/** One `session_ended` subscription for the whole process; a stop waits on it without a connection of its own. */
export async function watchSessionEnds(
  notifications: Pick<Notifications, 'listen'>,
): Promise<SessionEndWatch> {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (sessionId: string): void => waiting.get(sessionId)?.forEach((finish) => finish());
  const wakeAll = (): void => [...waiting.keys()].forEach(wake);
  const unlisten = await notifications.listen('session_ended', wake, wakeAll);

  return {
    waitFor(sessionId, timeoutMs) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const waiters = waiting.get(sessionId) ?? new Set<() => void>();
      waiting.set(sessionId, waiters);
      const timer = setTimeout(() => finish(), timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        waiters.delete(finish);
        if (waiters.size === 0 && waiting.get(sessionId) === waiters) waiting.delete(sessionId);
        resolve();
      };
      waiters.add(finish);
      return { woken: promise, cancel: finish };
    },
    async close() {
      wakeAll();
      await unlisten();
    },
  };
}
