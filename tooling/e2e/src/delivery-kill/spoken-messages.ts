import { setTimeout as delay } from 'node:timers/promises';
import type { WrittenConversation } from '@earshot/delivery-load';

/** Messages that are committed one after the other in each of many conversations. */
export interface SpokenMessages {
  /** Resolves with the number committed, once the last is. */
  stop(): Promise<number>;
}

/** Commits in every conversation at this interval, or as fast as the store answers where that takes longer. */
export function speak(conversations: readonly WrittenConversation[], everyMs: number): SpokenMessages {
  const stopping = new AbortController();
  const talk = async (conversation: WrittenConversation): Promise<void> => {
    while (!stopping.signal.aborted) {
      await conversation.say();
      await delay(everyMs);
    }
  };
  const talks = Promise.all(conversations.map(talk));
  // A failure is told when the talk is stopped.
  talks.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await talks;
      return conversations.reduce((sum, { committedCount }) => sum + committedCount, 0);
    },
  };
}
