import { ERROR_CODES, type ErrorCode } from '@earshot/api';
import { AppError, isCodedError } from '@earshot/domain';
import type { Refusal } from './app-env.ts';
import type { ErrorStyle } from './error-style.ts';

/** `AppError.code` to the code the answer carries. */
export type ErrorCodeTable = Readonly<Record<string, ErrorCode>>;

const RETRY_AFTER_SECONDS = '1';

/**
 * What a thrown error is answered with. A code of the table wins; else a retryable error is 503 and any other is our
 * mistake, answered without a word about it.
 */
export function mapError(error: unknown, style: ErrorStyle, table: ErrorCodeTable): Refusal {
  const listed = isCodedError(error) && Object.hasOwn(table, error.code) ? table[error.code] : undefined;
  const code =
    listed ?? (isCodedError(error) && error.retryable ? ERROR_CODES.unavailable : style.internalCode);
  const told = error instanceof AppError ? error.publicMessage : undefined;
  const isOurMistake = code === ERROR_CODES.internal || code === ERROR_CODES.gatewayInternal;
  const message = isOurMistake ? 'Internal server error' : (told ?? defaultText(code));
  return {
    code,
    message,
    ...(code === ERROR_CODES.unavailable ? { headers: { 'retry-after': RETRY_AFTER_SECONDS } } : {}),
  };
}

function defaultText(code: ErrorCode): string {
  return code === ERROR_CODES.unavailable ? 'Service unavailable' : 'The request was not accepted';
}
