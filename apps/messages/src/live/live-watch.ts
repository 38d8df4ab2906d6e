import type { LiveBus, LiveEvent, LiveScope, LiveWatch } from '@earshot/queues';
import type { Logger } from '@earshot/telemetry';

/** A watch of the bus that may have to be asked for more than once; without it the store is still read. */
export interface EventualWatch {
  /** Begins the watch unless it stands. Never rejects. */
  ensure(): Promise<void>;
  close(): Promise<void>;
}

export function createLiveWatch(
  { bus, logger }: { readonly bus: Pick<LiveBus, 'watch'>; readonly logger: Logger },
  scope: LiveScope,
  listener: (event: LiveEvent) => void,
): EventualWatch {
  let watch: LiveWatch | undefined;
  return {
    async ensure() {
      try {
        watch ??= await bus.watch(scope, listener);
      } catch (error) {
        logger.warn('live.watch-failed', { conversationId: scope.conversationId, error });
      }
    },
    async close() {
      await watch?.close();
    },
  };
}
