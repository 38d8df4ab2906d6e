import { AppError } from '@earshot/domain';

export interface TokenErrorOptions {
  readonly retryable: boolean;
  readonly remedy: string;
  readonly status?: number;
  readonly cause?: unknown;
}

/** Why there is no access token, and what its owner can do. Neither quotes a secret or what the server wrote. */
export class TokenError extends AppError {
  readonly remedy: string;
  /** Of the token server, when it answered. */
  readonly status: number | undefined;

  constructor(code: string, reason: string, { retryable, remedy, status, cause }: TokenErrorOptions) {
    const message = `Cannot get access token: ${reason}`;
    super(code, message, { retryable, publicMessage: message, cause });
    this.remedy = remedy;
    this.status = status;
  }
}

const CAUSE_DEPTH_MAX = 8;
const CLIENT_REMEDY =
  'Check clientId, clientAuthentication and the secret, key or certificate that goes with it';
const AUTHORITY_REMEDY = 'Add the authority of the token server to the strategy of type ca';

/** How the server may say no (RFC 6749, section 5.2; RFC 8707, section 2; what large servers add), and the way out. */
const REFUSAL_REMEDIES: ReadonlyMap<string, string> = new Map([
  ['invalid_client', CLIENT_REMEDY],
  ['unauthorized_client', 'Let this client use the grant client_credentials at the token server'],
  [
    'unsupported_grant_type',
    'Enable the grant client_credentials at the token server, or use its other token URL',
  ],
  ['invalid_grant', 'Check clientId and the key that signs its assertions at the token server'],
  ['invalid_scope', 'Ask only for scopes that the token server grants to this client'],
  ['invalid_target', 'Check audience: the token server issues nothing for it'],
  ['access_denied', 'Let this client use the audience and scope at the token server'],
  [
    'invalid_request',
    'Check audience, scope and clientAuthentication: the token server needs another request',
  ],
]);

/** What can be done when no connection came about, by the code of the failure. */
const CONNECTION_REMEDIES: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'Check the host of tokenUrl: no such name'],
  ['ECONNREFUSED', 'Check the host and port of tokenUrl: nothing listens there'],
  ['SELF_SIGNED_CERT_IN_CHAIN', AUTHORITY_REMEDY],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', AUTHORITY_REMEDY],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', AUTHORITY_REMEDY],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', AUTHORITY_REMEDY],
  ['CERT_HAS_EXPIRED', 'Renew the certificate of the token server'],
  ['CERT_NOT_YET_VALID', 'Check the clock of this host and the certificate of the token server'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Check the host of tokenUrl: the certificate there is of another host'],
  ['webhook.egress-refused', 'Use a public token server, or let the egress rules reach this one'],
]);

/** From an answer other than 200; `oauthError` is its `error`, which is repeated only when it is a known one. */
export function tokenStatusError(status: number, oauthError: string | undefined): TokenError {
  const named = oauthError === undefined ? undefined : REFUSAL_REMEDIES.get(oauthError);
  if (named !== undefined) {
    const reason = `token server answered ${status} ${oauthError}`;
    return new TokenError('auth.token-refused', reason, { retryable: false, remedy: named, status });
  }
  const isPassing = status === 429 || status >= 500;
  const code = isPassing ? 'auth.token-unavailable' : 'auth.token-refused';
  const reason = `token server answered ${status}`;
  return new TokenError(code, reason, { retryable: isPassing, remedy: remedyOf(status), status });
}

function remedyOf(status: number): string {
  if (status === 429) return 'Raise the rate limit of this client at the token server, or wait';
  if (status >= 500) return 'Wait, or look at the log of the token server';
  if (status >= 300 && status < 400)
    return 'Set tokenUrl to the address it redirects to; redirects are not followed';
  if (status === 401 || status === 403) return CLIENT_REMEDY;
  if (status === 404 || status === 405) return 'Check tokenUrl: nothing there issues tokens';
  return 'Check tokenUrl and the settings of this client at the token server';
}

/** From an answer of 200 that holds no token. Without a cause, which could quote the answer. */
export function tokenAnswerError(reason: string): TokenError {
  const remedy = 'Check tokenUrl: it must answer with access_token and token_type Bearer in JSON';
  return new TokenError('auth.token-malformed', reason, { retryable: false, remedy });
}

/** From no or half an answer; `timeoutMs` when that was its end. */
export function tokenConnectionError(cause: unknown, timeoutMs: number | undefined): TokenError {
  if (timeoutMs !== undefined) {
    const remedy = 'Check that the token server is up and lets this host connect';
    const reason = `no answer of token server within ${timeoutMs} ms`;
    return new TokenError('auth.token-timed-out', reason, { retryable: true, remedy, cause });
  }
  const code = codeOf(cause);
  const remedy =
    CONNECTION_REMEDIES.get(code) ?? 'Check the host of tokenUrl, its certificate and the egress rules';
  const reason = `connection to token server failed (${code})`;
  return new TokenError('auth.token-unreachable', reason, { retryable: true, remedy, cause });
}

/** The code of the innermost cause that has one, for example `ECONNREFUSED`; a message could quote what was sent. */
function codeOf(error: unknown): string {
  let code = 'no code';
  let current = error;
  for (let depth = 0; current instanceof Error && depth < CAUSE_DEPTH_MAX; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
    current = current.cause;
  }
  return code;
}
