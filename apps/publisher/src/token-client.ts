import type { TokenFetch } from '@earshot/auth';
import { fetch, type Dispatcher } from 'undici';

/** Asks the token server of one endpoint. */
export interface TokenClient {
  readonly fetch: TokenFetch;
  /** Cuts what is under way, since nobody waits for it any more; resolves when its sockets are closed. */
  close(): Promise<void>;
}

/**
 * Opens the sockets at the first request, since most endpoints ask for no tokens. A failure to open is not kept: the
 * secret it lacked may be there at the next request.
 */
export function createTokenClient(open: () => Promise<Dispatcher>): TokenClient {
  let opened: Promise<Dispatcher> | undefined;
  return {
    async fetch(url, init) {
      const own = (opened ??= open());
      const dispatcher = await own.catch((error: unknown) => {
        if (opened === own) opened = undefined;
        throw error;
      });
      return fetch(url, { ...init, dispatcher });
    },
    async close() {
      const [settled] = await Promise.allSettled([opened]);
      if (settled.status === 'fulfilled') await settled.value?.destroy();
    },
  };
}
