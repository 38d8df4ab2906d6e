import { within } from '@earshot/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { queueError } from '../queue-error.ts';
import { LIVE_TIMEOUT_MS, type LiveLink, type LiveLinkEvents } from './live-link.ts';
import { openListeningClient, type ListeningClient } from './listening-client.ts';

const RECONNECT_DELAY_MS_MIN = 50;
const RECONNECT_DELAY_MS_MAX = 2_000;
const CHANNEL_PREFIX = 'earshot_live_';
/** NOTIFY takes less than 8,000 bytes. */
const PAYLOAD_BYTES_MAX = 7_999;

const NOTIFY =
  'select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as message (channel, payload)';

/** NOTIFY of PostgreSQL: one connection that listens, one that notifies. */
export function openPostgresLiveLink(databaseUrl: string, events: LiveLinkEvents): LiveLink {
  const subscribed = new Set<string>();
  const closing = new AbortController();
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: LIVE_TIMEOUT_MS,
    query_timeout: LIVE_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'earshot-live',
  });
  pool.on('error', events.onError);
  let client: ListeningClient | undefined;

  const onNotification = (name: string, payload: string): void => {
    if (name.startsWith(CHANNEL_PREFIX)) events.onMessage(name.slice(CHANNEL_PREFIX.length), payload);
  };

  async function connect(): Promise<ListeningClient> {
    const opened = await openListeningClient(databaseUrl, onNotification, events.onError);
    if (closing.signal.aborted) opened.end();
    for (const channel of subscribed) await opened.execute(`listen "${CHANNEL_PREFIX}${channel}"`);
    return opened;
  }

  async function stayConnected(): Promise<void> {
    let delayMs = RECONNECT_DELAY_MS_MIN;
    while (!closing.signal.aborted) {
      try {
        client = await connect();
        delayMs = RECONNECT_DELAY_MS_MIN;
        events.onConnected();
        await client.ended;
      } catch (error) {
        if (!closing.signal.aborted) events.onError(error);
      }
      client = undefined;
      await sleep(delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
      delayMs = Math.min(2 * delayMs, RECONNECT_DELAY_MS_MAX);
    }
  }

  const connected = stayConnected();

  return {
    async send(messages) {
      const taken = messages.filter(({ payload }) => Buffer.byteLength(payload) <= PAYLOAD_BYTES_MAX);
      const names = taken.map(({ channel }) => CHANNEL_PREFIX + channel);
      await pool.query(NOTIFY, [names, taken.map(({ payload }) => payload)]);
      if (taken.length < messages.length)
        throw new RangeError(`Cannot notify: payload exceeds limit ${PAYLOAD_BYTES_MAX} bytes`);
    },
    async subscribe(channel) {
      subscribed.add(channel);
      try {
        if (client === undefined) throw new Error('Not connected');
        await client.execute(`listen "${CHANNEL_PREFIX}${channel}"`);
      } catch (error) {
        subscribed.delete(channel);
        throw queueError('queues.unavailable', 'Cannot watch on PostgreSQL', error);
      }
    },
    async unsubscribe(channel) {
      subscribed.delete(channel);
      await client?.execute(`unlisten "${CHANNEL_PREFIX}${channel}"`).catch(events.onError);
    },
    async close() {
      closing.abort();
      client?.end();
      const limit = () => new Error(`Cannot end live connections within ${LIVE_TIMEOUT_MS} ms`);
      await within(Promise.all([connected, pool.end()]), LIVE_TIMEOUT_MS, limit).catch(events.onError);
    },
  };
}
