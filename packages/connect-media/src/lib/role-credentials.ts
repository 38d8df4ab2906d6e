import { hostname } from 'node:os';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { mediaError } from './media-trouble.ts';
import { judgeSdkError } from './service-errors.ts';

/** A role of the account that owns a stream. */
export interface AssumedRole {
  readonly roleArn: string;
  /** As the role's trust policy asks for; keeps others from borrowing the role through us. */
  readonly externalId?: string;
  /** What the trail of the account shows behind `earshot-`. Default: host and process. */
  readonly sessionName?: string;
}

export type CredentialProvider = ReturnType<typeof fromTemporaryCredentials>;
type Credentials = Awaited<ReturnType<CredentialProvider>>;
type StsConfig = NonNullable<Parameters<typeof fromTemporaryCredentials>[0]['clientConfig']>;

/** The SDK's own clients ask again 5 min before the end; by then these are new. */
const REFRESH_BEFORE_MS = 10 * 60_000;
const LAST_MINUTE_MS = 60_000;
const SESSION_NAME_LENGTH_MAX = 64;

/** `earshot-` and what AWS allows in a RoleSessionName, 64 characters at most. */
export function roleSessionName(name: string = `${hostname()}-${process.pid}`): string {
  return `earshot-${name.replaceAll(/[^\w+=,.@-]/g, '-')}`.slice(0, SESSION_NAME_LENGTH_MAX);
}

export interface RoleCredentialsOptions {
  readonly role: AssumedRole;
  readonly ownCredentials: CredentialProvider;
  readonly sts: StsConfig;
}

/** Credentials of one role for all clients that use it: asked for once, again before they expire. */
export class RoleCredentials {
  readonly #assume: CredentialProvider;
  #held: Credentials | undefined;
  #asking: Promise<Credentials> | undefined;

  constructor({ role, ownCredentials, sts }: RoleCredentialsOptions) {
    this.#assume = fromTemporaryCredentials({
      masterCredentials: ownCredentials,
      params: {
        RoleArn: role.roleArn,
        RoleSessionName: roleSessionName(role.sessionName),
        ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
      },
      clientConfig: sts,
    });
  }

  readonly provide: CredentialProvider = () => {
    const restMs = (this.#held?.expiration?.getTime() ?? 0) - Date.now();
    if (this.#held !== undefined && restMs > REFRESH_BEFORE_MS) return Promise.resolve(this.#held);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  };

  /** The service does not accept them any more. */
  forget(): void {
    this.#held = undefined;
  }

  async #ask(): Promise<Credentials> {
    try {
      this.#held = await this.#assume();
      return this.#held;
    } catch (error) {
      // What is still valid serves until the last minute.
      const restMs = (this.#held?.expiration?.getTime() ?? 0) - Date.now();
      if (this.#held !== undefined && restMs > LAST_MINUTE_MS) return this.#held;
      const { code } = judgeSdkError(error);
      // STS refuses a malformed role as an invalid argument; it is the role that has to be mended.
      const isRole = code === 'media.invalid-argument' || code === 'media.stream-not-found';
      const name = error instanceof Error ? error.name : 'unknown error';
      throw mediaError(isRole ? 'media.access-denied' : code, `Cannot assume role: ${name}`, error);
    }
  }
}
