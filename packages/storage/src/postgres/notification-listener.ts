import { setTimeout as sleep } from 'node:timers/promises';
import type { NotificationChannel, Notifications } from '../stores/notifications.ts';
import { type ListeningConnection, openListeningConnection } from './listening-connection.ts';
import { toStorageError } from './storage-error.ts';

const RECONNECT_DELAY_MS_MIN = 50;
const RECONNECT_DELAY_MS_MAX = 2000;

export interface NotificationListener {
  readonly listen: Notifications['listen'];
  close(): Promise<void>;
}

interface Subscription {
  readonly channel: string;
  readonly onNotify: (payload: string) => void;
  readonly onGap: (() => void) | undefined;
}

/**
 * One connection for all channels, opened by the first `listen`. Once it has stood, it is opened again for as long
 * as the listener lives; until then a failure goes to who called `listen`.
 */
export function createNotificationListener(options: {
  readonly databaseUrl: string;
  readonly onBackgroundError: (error: Error) => void;
}): NotificationListener {
  const { databaseUrl, onBackgroundError } = options;
  const subscriptions = new Set<Subscription>();
  const closing = new AbortController();
  let connection: Promise<ListeningConnection> | undefined;
  let reconnecting: Promise<void> | undefined;

  function connected(): Promise<ListeningConnection> {
    connection ??= openListeningConnection({
      databaseUrl,
      onNotification,
      onError: onBackgroundError,
      onEnd,
    }).catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
    return connection;
  }

  function onNotification(channel: string, payload: string): void {
    for (const subscription of subscriptions) {
      if (subscription.channel === channel) call(() => subscription.onNotify(payload));
    }
  }

  function onEnd(): void {
    connection = undefined;
    if (closing.signal.aborted) return;
    reconnecting ??= reconnect().finally(() => {
      reconnecting = undefined;
    });
  }

  async function reconnect(): Promise<void> {
    for (let delayMs = RECONNECT_DELAY_MS_MIN; ; delayMs = Math.min(2 * delayMs, RECONNECT_DELAY_MS_MAX)) {
      const aborted = await sleep(delayMs, false, { signal: closing.signal }).catch(() => true);
      if (aborted) return;
      try {
        const current = await connected();
        for (const channel of channels()) await current.execute(`listen ${channel}`);
        break;
      } catch (error) {
        onBackgroundError(toStorageError('listen again', error));
      }
    }
    for (const subscription of subscriptions) call(() => subscription.onGap?.());
  }

  /** A listener's fault must not keep the others from hearing. */
  function call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      onBackgroundError(error instanceof Error ? error : new Error('Cannot notify', { cause: error }));
    }
  }

  const channels = (): Set<string> => new Set([...subscriptions].map((subscription) => subscription.channel));

  async function unlisten(channel: string): Promise<void> {
    if (channels().has(channel) || connection === undefined) return;
    try {
      await (await connection).execute(`unlisten ${channel}`);
    } catch (error) {
      onBackgroundError(toStorageError(`stop listening to ${channel}`, error));
    }
  }

  return {
    async listen(channel: NotificationChannel, onNotify, onGap) {
      const subscription: Subscription = { channel, onNotify, onGap };
      subscriptions.add(subscription);
      try {
        await (await connected()).execute(`listen ${channel}`);
      } catch (error) {
        subscriptions.delete(subscription);
        throw toStorageError(`listen to ${channel}`, error);
      }
      return async () => {
        if (subscriptions.delete(subscription)) await unlisten(channel);
      };
    },
    async close() {
      closing.abort();
      subscriptions.clear();
      await reconnecting;
      await (await connection)?.end();
    },
  };
}
