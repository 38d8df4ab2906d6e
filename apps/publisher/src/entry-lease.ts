import type { EndpointEntry } from './endpoint-entry.ts';

/** The sockets of an endpoint, kept open as long as somebody uses them. */
export interface EntryLease {
  readonly entry: EndpointEntry;
  /** Keeps the sockets open until the answer is called. */
  use(): () => void;
  /** Closes the sockets once nobody uses them. */
  retire(): Promise<void>;
}

export function leaseEntry(entry: EndpointEntry): EntryLease {
  const idle = Promise.withResolvers<void>();
  let userCount = 0;
  let retired = false;
  const settle = (): void => {
    if (retired && userCount === 0) idle.resolve();
  };
  return {
    entry,
    use() {
      userCount += 1;
      return () => {
        userCount -= 1;
        settle();
      };
    },
    async retire() {
      retired = true;
      settle();
      await idle.promise;
      await entry.close();
    },
  };
}
