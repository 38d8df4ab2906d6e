import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Behaviour } from './behaviours.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';

export interface HostileTokenServerOptions {
  /** As the answers say; `null` leaves it out. Default 3600. */
  readonly expiresInSeconds?: number | null;
}

/** An OAuth2 token endpoint (RFC 6749, section 4.4) that gives `token-1`, `token-2` and so on. */
export interface HostileTokenServer {
  readonly url: string;
  /** Bodies of the requests for tokens, as form fields. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  /** Instead of a token, for requests from now on; undefined gives tokens again. */
  behaveAs(behave: Behaviour | undefined): void;
  close(): Promise<void>;
}

export async function startHostileTokenServer(
  options: HostileTokenServerOptions = {},
): Promise<HostileTokenServer> {
  const { expiresInSeconds = 3600 } = options;
  const asked: Readonly<Record<string, string>>[] = [];
  let behave: Behaviour | undefined;
  const give = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(Object.fromEntries(new URLSearchParams(await text(request))));
    if (behave !== undefined) return behave(response);
    const token = { access_token: `token-${asked.length}`, token_type: 'Bearer' };
    const life = expiresInSeconds === null ? {} : { expires_in: expiresInSeconds };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...token, ...life }));
  };
  const server = createServer((request, response) => {
    give(request, response).catch(() => response.destroy());
  });
  const { port, close } = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/token`,
    asked,
    behaveAs: (next) => void (behave = next),
    close,
  };
}
