import { createPrivateKey } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { assertionAlgorithm } from './assertion-algorithm.ts';
import type { OAuth2Config } from './outbound-config.ts';
import { AnswerTooLongError, readAnswer } from './read-answer.ts';
import { tokenAnswerError, tokenConnectionError, TokenError, tokenStatusError } from './token-error.ts';

/** How a token is asked for. `signal` fires after 10 s. */
export interface TokenFetchInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: URLSearchParams;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** What is asked of a `fetch`; that of the platform is one. */
export type TokenFetch = (url: string, init: TokenFetchInit) => Promise<Response>;

export interface FetchedToken {
  readonly token: string;
  /** As the server says; undefined when it does not. */
  readonly lifeMs: number | undefined;
}

/** From the first byte of the connection to the last of the answer. */
const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;
/** RFC 6750, section 2.1. */
const TOKEN = /^[A-Za-z0-9\-._~+/]{1,16384}=*$/;

/** Asks for one token with the grant client_credentials. @throws TokenError */
export async function requestToken(
  config: OAuth2Config,
  openSecret: () => Promise<string>,
  fetch: TokenFetch,
): Promise<FetchedToken> {
  const server: oauth.AuthorizationServer = { issuer: config.tokenUrl, token_endpoint: config.tokenUrl };
  const client: oauth.Client = { client_id: config.clientId };
  const authentication = await clientAuthenticationOf(config, openSecret);
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authentication,
      parametersOf(config),
      {
        // Whether plain http may be used is for the guard inside `fetch`.
        [oauth.allowInsecureRequests]: true,
        [oauth.customFetch]: (url, { method, headers, body }) =>
          fetch(url, { method, headers, body, redirect: 'manual', signal: deadline }),
      },
    );
    text = await readAnswer(response, ANSWER_BYTES_MAX);
  } catch (cause) {
    if (cause instanceof AnswerTooLongError) {
      throw tokenAnswerError(`answer of token server exceeds limit ${ANSWER_BYTES_MAX} bytes`);
    }
    throw tokenConnectionError(cause, deadline.aborted ? TIMEOUT_MS : undefined);
  }
  if (response.status !== 200) throw tokenStatusError(response.status, oauthErrorOf(text));
  return readToken(server, client, new Response(text, { headers: response.headers }));
}

function parametersOf({ scope, audience }: OAuth2Config): Record<string, string> {
  return { ...(scope === undefined ? {} : { scope }), ...(audience === undefined ? {} : { audience }) };
}

async function clientAuthenticationOf(
  { clientAuthentication, keyId }: OAuth2Config,
  openSecret: () => Promise<string>,
): Promise<oauth.ClientAuth> {
  switch (clientAuthentication) {
    case 'basic':
      return oauth.ClientSecretBasic(await openSecret());
    case 'post':
      return oauth.ClientSecretPost(await openSecret());
    case 'private_key_jwt': {
      const key = await importAssertionKey(await openSecret());
      return oauth.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId });
    }
    case 'tls':
      return oauth.TlsClientAuth();
  }
}

async function importAssertionKey(pem: string): Promise<oauth.CryptoKey> {
  const key = createPrivateKey(pem);
  const algorithm = assertionAlgorithm(key);
  if (algorithm !== undefined) return key.toCryptoKey(algorithm, false, ['sign']);
  const remedy = 'Give a key of RSA 2048 bits or more, P-256, P-384, P-521 or Ed25519';
  throw new TokenError('auth.token-key', 'private key cannot sign assertions', { retryable: false, remedy });
}

async function readToken(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  response: Response,
): Promise<FetchedToken> {
  try {
    const answer = await oauth.processClientCredentialsResponse(server, client, response);
    const { access_token: token, token_type: type, expires_in: lifeSeconds } = answer;
    if (type === 'bearer' && TOKEN.test(token)) {
      return { token, lifeMs: lifeSeconds === undefined ? undefined : lifeSeconds * 1000 };
    }
  } catch {
    // What the library throws holds the answer, and with it perhaps a token.
  }
  throw tokenAnswerError('token server answered 200 without a bearer token in JSON');
}

function oauthErrorOf(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const isNamed = typeof answer === 'object' && answer !== null && 'error' in answer;
    return isNamed && typeof answer.error === 'string' ? answer.error : undefined;
  } catch {
    // A proxy in between answers with a page; its status says enough.
    return undefined;
  }
}
