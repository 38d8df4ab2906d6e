import { queueError } from './lib/queue-error.ts';
import type { LiveBus, LiveEvent, LiveScope } from './lib/live-bus/live-event.ts';

export interface FakeLiveBus extends LiveBus {
  /** Everything that was published, watched or not. */
  readonly published: readonly LiveEvent[];
  /** How many watches are open. */
  readonly watchCount: number;
  /** As another process has it: hears and is heard by this one. */
  another(): FakeLiveBus;
}

interface Watch {
  readonly scope: LiveScope;
  readonly listener: (event: LiveEvent) => void;
}

/** A live bus inside one process: events arrive before `publish` returns, and a watch is over when it is closed. */
export function createFakeLiveBus(): FakeLiveBus {
  return join([], new Set());
}

function join(published: LiveEvent[], watches: Set<Watch>): FakeLiveBus {
  const mine = new Set<Watch>();
  let isClosed = false;
  const drop = (watch: Watch): void => {
    mine.delete(watch);
    watches.delete(watch);
  };
  return {
    published,
    get watchCount() {
      return watches.size;
    },
    another: () => join(published, watches),
    publish(event) {
      if (isClosed) return;
      published.push(event);
      for (const watch of watches) if (covers(watch.scope, event)) tell(watch, event);
    },
    isWatched: (tenantId, conversationId, what) =>
      [...watches].some(
        ({ scope }) => covers(scope, { tenantId, conversationId }) && (what === 'any' || scope.partials),
      ),
    async watch(scope, listener) {
      if (isClosed) throw queueError('queues.unavailable', 'Cannot watch: the live bus is closed');
      const watch = { scope, listener };
      mine.add(watch);
      watches.add(watch);
      return { close: async () => drop(watch) };
    },
    async close() {
      isClosed = true;
      for (const watch of mine) drop(watch);
    },
  };
}

function tell({ scope, listener }: Watch, event: LiveEvent): void {
  if (event.type === 'partial' && !scope.partials) return;
  try {
    listener(event);
  } catch {
    // The real one reports it in the background; whoever publishes never hears of it.
  }
}

function covers(scope: LiveScope, of: Pick<LiveEvent, 'tenantId' | 'conversationId'>): boolean {
  if (scope.tenantId !== of.tenantId) return false;
  return scope.conversationId === undefined || scope.conversationId === of.conversationId;
}
