import type { LiveBus, LiveEvent, LiveScope } from './lib/live-bus/live-event.ts';

export interface FakeLiveBus extends LiveBus {
  /** Everything that was published, watched or not. */
  readonly published: readonly LiveEvent[];
  /** How many watches are open. */
  readonly watchCount: number;
}

/** A live bus inside one process: events arrive before `publish` returns. */
export function createFakeLiveBus(): FakeLiveBus {
  const published: LiveEvent[] = [];
  const watches = new Set<{ readonly scope: LiveScope; readonly listener: (event: LiveEvent) => void }>();
  return {
    published,
    get watchCount() {
      return watches.size;
    },
    publish(event) {
      published.push(event);
      for (const { scope, listener } of [...watches]) {
        if (!covers(scope, event.tenantId, event.conversationId)) continue;
        if (event.type !== 'partial' || scope.partials) listener(event);
      }
    },
    isWatched: (tenantId, conversationId, what) =>
      [...watches].some(
        ({ scope }) => covers(scope, tenantId, conversationId) && (what === 'any' || scope.partials),
      ),
    async watch(scope, listener) {
      const watch = { scope, listener };
      watches.add(watch);
      return {
        close: async () => {
          watches.delete(watch);
        },
      };
    },
    async close() {
      watches.clear();
    },
  };
}

function covers(scope: LiveScope, tenantId: string, conversationId: string): boolean {
  if (scope.tenantId !== tenantId) return false;
  return scope.conversationId === undefined || scope.conversationId === conversationId;
}
