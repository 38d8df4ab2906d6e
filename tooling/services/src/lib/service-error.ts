/** What can go wrong while a private service is brought up or down. */
export type ServiceErrorCode =
  | 'services.unsupported-platform'
  | 'services.directory-in-use'
  | 'services.directory-not-ours'
  | 'services.start-failed'
  | 'services.start-timeout'
  | 'services.initdb-failed';

/** The message of a failed start ends with the last lines that the program printed. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  readonly retryable: boolean;

  constructor(code: ServiceErrorCode, message: string, options?: { retryable?: boolean; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options?.retryable ?? false;
  }
}
