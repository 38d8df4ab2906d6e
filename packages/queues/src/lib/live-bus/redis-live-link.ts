import { within } from '@earshot/domain';
import { Redis } from 'ioredis';
import { queueError } from '../queue-error.ts';
import { HEARTBEAT_MS, LIVE_TIMEOUT_MS, type LiveLink, type LiveLinkEvents } from './live-link.ts';

const RECONNECT_DELAY_MAX_MS = 2_000;

/** Redis pub/sub: one connection that listens, one that publishes. */
export function openRedisLiveLink(url: string, prefix: string, events: LiveLinkEvents): LiveLink {
  const connect = (maxRetriesPerRequest: number | null): Redis => {
    const client = new Redis(url, {
      connectTimeout: LIVE_TIMEOUT_MS,
      // Of a connection that answers nothing; without it the kernel decides, after many minutes.
      socketTimeout: LIVE_TIMEOUT_MS,
      retryStrategy: (times) => Math.min(times * 100, RECONNECT_DELAY_MAX_MS),
      maxRetriesPerRequest,
    });
    client.on('error', events.onError);
    return client;
  };
  const nameOf = (channel: string): string => `${prefix}:live:${channel}`;
  // What could not be published is thrown away at the next attempt to connect; who subscribed goes on waiting.
  const publisher = connect(1);
  const listener = connect(null);
  listener.on('message', (channel: string, payload: string) => {
    if (channel.startsWith(nameOf(''))) events.onMessage(channel.slice(nameOf('').length), payload);
  });
  listener.on('ready', events.onConnected);
  const heartbeat = setInterval(() => {
    if (listener.status === 'ready') listener.ping().catch(events.onError);
  }, HEARTBEAT_MS);

  return {
    async send(messages) {
      const batch = publisher.pipeline();
      for (const { channel, payload } of messages) batch.publish(nameOf(channel), payload);
      const results = await within(batch.exec(), LIVE_TIMEOUT_MS, noAnswer);
      for (const [error] of results ?? []) if (error !== null) throw error;
    },
    async subscribe(channel) {
      await within(listener.subscribe(nameOf(channel)), LIVE_TIMEOUT_MS, noAnswer).catch((error: unknown) => {
        listener.unsubscribe(nameOf(channel)).catch(events.onError);
        throw queueError('queues.unavailable', 'Cannot watch on Redis', error);
      });
    },
    async unsubscribe(channel) {
      await within(listener.unsubscribe(nameOf(channel)), LIVE_TIMEOUT_MS, noAnswer).catch(events.onError);
    },
    async close() {
      clearInterval(heartbeat);
      listener.disconnect();
      publisher.disconnect();
    },
  };
}

function noAnswer(): Error {
  return new Error(`No answer within ${LIVE_TIMEOUT_MS} ms`);
}
