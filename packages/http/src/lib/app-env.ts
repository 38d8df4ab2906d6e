import type { AuthenticatedKey } from '@earshot/auth';
import type { ErrorCode, Problem } from '@earshot/api';
import type { ErrorStyle } from './error-style.ts';

/** What the shell puts into every Hono context. */
export interface AppEnv {
  Variables: {
    /** UUID of this request, also in the header `x-request-id` and in every error body. */
    requestId: string;
    errorStyle: ErrorStyle;
    /** Whose request this is. Set on every path but `/livez`, `/readyz` and `/metrics`. */
    key: AuthenticatedKey;
    /** Id of `key` for the access log; unset where nobody was authenticated. */
    apiId: string | undefined;
    /** The code of the error answered, for the access log. */
    errorCode: ErrorCode | undefined;
  };
}

/** What a refused request is answered with; the shape follows from the path. */
export interface Refusal {
  readonly code: ErrorCode;
  /** Public text: no customer words, internal hosts or vendor bodies. */
  readonly message: string;
  readonly problems?: readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
}
