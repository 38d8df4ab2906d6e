export interface AppErrorOptions {
  /** Whether the same operation may succeed when it is tried again later. */
  readonly retryable: boolean;
  /** Text that may leave the process: no customer words, internal hosts or vendor bodies. */
  readonly publicMessage?: string;
  readonly cause?: unknown;
}

/**
 * A failure somebody may have to act on. Branch on `code`, never on `message`.
 *
 * @example new AppError('speech.model-missing', 'Cannot read model file: ...', { retryable: false })
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** `area.reason`, stable across releases. */
  readonly code: string;
  readonly retryable: boolean;
  readonly publicMessage: string | undefined;

  constructor(code: string, message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.publicMessage = options.publicMessage;
  }
}

/** What every error of ours carries, also of libraries that do not import this package. */
export interface CodedError extends Error {
  readonly code: string;
  readonly retryable: boolean;
}

export function isCodedError(error: unknown): error is CodedError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'retryable' in error &&
    typeof error.retryable === 'boolean'
  );
}
