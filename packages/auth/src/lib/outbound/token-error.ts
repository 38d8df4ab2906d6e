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

/** How the server may say no (RFC 6749, section 5.2; RFC 8707, section 2; what large servers add), and the way out. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  [
    'invalid_client',
    'Check clientId, clientAuthentication and the secret, key or certificate that goes with it',
  ],
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

/** From an answer other than 200; `oauthError` is its `error`, which is repeated only when it is a known one. */
export function tokenErrorOf(status: number, oauthError: string | undefined): TokenError {
  const named = oauthError === undefined ? undefined : REMEDIES.get(oauthError);
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
  if (status === 401 || status === 403) return REMEDIES.get('invalid_client') ?? '';
  if (status === 404 || status === 405) return 'Check tokenUrl: nothing there issues tokens';
  return 'Check tokenUrl and the settings of this client at the token server';
}
