import type { Storage } from '@earshot/storage';

/** Resolves when the session has ended; the test's own time limit bounds it. */
export async function whenEnded(storage: Storage, sessionId: string): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const stop = await storage.notifications.listen(
    'session_ended',
    (payload) => {
      if (payload === sessionId) ended.resolve();
    },
    () => ended.reject(new Error('Cannot wait for the end of a session: the listening connection broke')),
  );
  await ended.promise;
  await stop();
}
