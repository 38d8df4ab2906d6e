import type { TokenFetch } from '@earshot/auth';
import { fetch, type Dispatcher } from 'undici';

/** Asks the token server of one endpoint. */
export interface TokenClient {
  readonly fetch: TokenFetch;
  /** Resolves when its sockets are closed. */
  close(): Promise<void>;
}

/** Opens the sockets at the first request, since most endpoints ask for no tokens. */
export function createTokenClient(open: () => Promise<Dispatcher>): TokenClient {
  let opened: Promise<Dispatcher> | undefined;
  return {
    async fetch(url, init) {
      opened ??= open();
      return fetch(url, { ...init, dispatcher: await opened });
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
