import { createPrivateKey } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { assertionAlgorithm } from './assertion-algorithm.ts';
import type { OAuth2Config } from './outbound-config.ts';
import { AnswerTooLongError, readAnswer } from './read-answer.ts';
import { TokenError, tokenErrorOf } from './token-error.ts';

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
  const response = await oauth
    .clientCredentialsGrantRequest(server, client, authentication, parametersOf(config), {
      signal: deadline,
      // Whether plain http may be used is for the guard inside `fetch`.
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: (url, { method, headers, body }) =>
        fetch(url, { method, headers, body, redirect: 'manual', signal: deadline }),
    })
    .catch((cause: unknown) => Promise.reject(unreachable(cause, deadline)));
  const text = await readAnswer(response, ANSWER_BYTES_MAX).catch((cause: unknown) =>
    Promise.reject(cause instanceof AnswerTooLongError ? malformed(cause) : unreachable(cause, deadline)),
  );
  if (response.status !== 200) throw tokenErrorOf(response.status, oauthErrorOf(text));
  const answer = await oauth
    .processClientCredentialsResponse(server, client, new Response(text, { headers: response.headers }))
    .catch((cause: unknown) => Promise.reject(malformed(cause)));
  return tokenOf(answer);
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

function tokenOf({
  access_token: token,
  token_type: type,
  expires_in: lifeSeconds,
}: oauth.TokenEndpointResponse): FetchedToken {
  if (type !== 'bearer' || !TOKEN.test(token)) throw malformed(undefined);
  return { token, lifeMs: lifeSeconds === undefined ? undefined : lifeSeconds * 1000 };
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

/** Without its cause: what the library throws holds the answer, and with it perhaps a token. */
function malformed(cause: unknown): TokenError {
  const reason =
    cause instanceof AnswerTooLongError
      ? `answer of token server exceeds limit ${ANSWER_BYTES_MAX} bytes`
      : 'token server answered 200 without a bearer token in JSON';
  const remedy = 'Check tokenUrl: it must answer with access_token and token_type Bearer in JSON';
  return new TokenError('auth.token-malformed', reason, { retryable: false, remedy });
}

function unreachable(cause: unknown, deadline: AbortSignal): TokenError {
  if (cause instanceof TokenError) return cause;
  if (deadline.aborted) {
    const remedy = 'Check that the token server is up and lets this host connect';
    return new TokenError('auth.token-timed-out', `no answer of token server within ${TIMEOUT_MS} ms`, {
      retryable: true,
      remedy,
      cause,
    });
  }
  const remedy = 'Check the host of tokenUrl, its certificate and the egress rules';
  return new TokenError('auth.token-unreachable', `connection to token server failed (${codeOf(cause)})`, {
    retryable: true,
    remedy,
    cause,
  });
}

/** The code of the innermost cause that has one, for example `ECONNREFUSED`; a message could quote what was sent. */
function codeOf(error: unknown): string {
  let code = 'no code';
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth += 1
  ) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
  }
  return code;
}
