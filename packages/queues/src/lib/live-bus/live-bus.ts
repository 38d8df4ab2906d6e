import { within } from '@earshot/domain';
import { createHash } from 'node:crypto';
import { queueError } from '../queue-error.ts';
import { readLiveControl, WHO, writeWatches } from './live-control.ts';
import type { LiveBus, LiveEvent, LiveScope } from './live-event.ts';
import { LiveInterest } from './live-interest.ts';
import { LIVE_TIMEOUT_MS, type LiveLink, type OpenLiveLink } from './live-link.ts';
import { readLiveEvent, writeLiveEvent } from './live-payload.ts';
import { PublishQueue } from './publish-queue.ts';

const ANNOUNCE_INTERVAL_MS = 10_000;
const WATCH_TTL_MS = 25_000;
const SCOPES_MAX = 20_000;
const CONTROL = 'control';

export interface LiveBusOptions {
  readonly publishQueueMax: number;
  readonly onDrop: (count: number) => void;
  readonly onBackgroundError: (error: unknown) => void;
}

interface Watch {
  readonly scope: LiveScope;
  readonly listener: (event: LiveEvent) => void;
}

/** The bus on any link; resolves once it listens, or after a while without. */
export async function createLiveBus(openLink: OpenLiveLink, options: LiveBusOptions): Promise<LiveBus> {
  const { onBackgroundError: onError, onDrop, publishQueueMax } = options;
  const watches = new Map<string, Set<Watch>>();
  const interest = new LiveInterest({
    watchTtlMs: WATCH_TTL_MS,
    scopesMax: SCOPES_MAX,
    now: () => performance.now(),
  });
  const connected = Promise.withResolvers<void>();
  let isClosed = false;

  const link: LiveLink = openLink({ onMessage, onConnected, onError });
  const queue = new PublishQueue({
    send: (messages) => link.send(messages),
    waitingMax: publishQueueMax,
    onDrop,
    onError,
  });
  const announceTimer = setInterval(announce, ANNOUNCE_INTERVAL_MS);

  function onConnected(): void {
    if (isClosed) return;
    link
      .subscribe(CONTROL)
      .then(() => {
        queue.add({ channel: CONTROL, payload: WHO });
        connected.resolve();
      })
      .catch(onError);
  }

  function onMessage(channel: string, payload: string): void {
    try {
      if (channel !== CONTROL) tell(channel, readLiveEvent(payload));
      else onControl(payload);
    } catch (error) {
      onError(error);
    }
  }

  function onControl(payload: string): void {
    const control = readLiveControl(payload);
    if (control.type === 'who') announce();
    else for (const scope of control.scopes) interest.note(scope);
  }

  function tell(channel: string, event: LiveEvent): void {
    for (const { scope, listener } of watches.get(channel) ?? []) {
      if (scope.tenantId !== event.tenantId) continue;
      if (scope.conversationId !== undefined && scope.conversationId !== event.conversationId) continue;
      if (event.type === 'partial' && !scope.partials) continue;
      try {
        listener(event);
      } catch (error) {
        onError(error);
      }
    }
  }

  /** Each scope once, however many watch it. */
  function announce(): void {
    const scopes = new Map<string, LiveScope>();
    for (const each of watches.values()) {
      for (const { scope } of each) scopes.set(JSON.stringify(scope), scope);
    }
    for (const scope of scopes.values()) interest.note(scope);
    for (const payload of writeWatches([...scopes.values()])) queue.add({ channel: CONTROL, payload });
  }

  async function stopWatching(channel: string, watch: Watch): Promise<void> {
    const others = watches.get(channel);
    if (others?.delete(watch) !== true || others.size > 0) return;
    watches.delete(channel);
    await link.unsubscribe(channel);
  }

  async function watch(scope: LiveScope, listener: Watch['listener']): Promise<() => Promise<void>> {
    const channel = channelOf(scope.tenantId);
    const mine: Watch = { scope: copyOf(scope), listener };
    const others = watches.get(channel) ?? new Set<Watch>();
    watches.set(channel, others.add(mine));
    try {
      await link.subscribe(channel);
    } catch (error) {
      await stopWatching(channel, mine);
      throw error;
    }
    interest.note(mine.scope);
    for (const payload of writeWatches([mine.scope])) queue.add({ channel: CONTROL, payload });
    return () => stopWatching(channel, mine);
  }

  const noConnection = () => queueError('queues.unavailable', 'Cannot connect live bus yet, trying on');
  await within(connected.promise, LIVE_TIMEOUT_MS, noConnection).catch(onError);

  return {
    publish(event) {
      if (isClosed) onDrop(1);
      else queue.add({ channel: channelOf(event.tenantId), payload: writeLiveEvent(event) });
    },
    isWatched: (tenantId, conversationId, what) => interest.has(tenantId, conversationId, what),
    async watch(scope, listener) {
      if (isClosed) throw queueError('queues.unavailable', 'Cannot watch: the live bus is closed');
      return { close: await watch(scope, listener) };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(announceTimer);
      watches.clear();
      const limit = () => queueError('queues.unavailable', 'Cannot send the last live events in time');
      await within(queue.drained(), LIVE_TIMEOUT_MS, limit).catch(onError);
      await link.close();
    },
  };
}

/** One channel a tenant: only what is watched travels. A digest, since names of channels are limited. */
function channelOf(tenantId: string): string {
  return createHash('sha256').update(tenantId).digest('hex').slice(0, 32);
}

function copyOf({ tenantId, conversationId, partials }: LiveScope): LiveScope {
  return conversationId === undefined ? { tenantId, partials } : { tenantId, conversationId, partials };
}
