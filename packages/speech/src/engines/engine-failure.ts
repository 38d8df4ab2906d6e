import { AppError, isCodedError } from '@earshot/domain';
import { speechError } from '../lib/speech-error.ts';

export type EngineFailure = 'unavailable' | 'limited' | 'refused';

/**
 * A failure of an engine that is not ours. `reason` is a name from a closed set (an exception class, a status, a
 * system error code), never a vendor's text: that may quote keys or what was said, and so may its error objects.
 */
export function engineError(engine: string, failure: EngineFailure, reason: string): AppError {
  return speechError(`speech.engine-${failure}`, `Cannot recognise speech with ${engine}: ${reason}`);
}

export function isRetryable(error: unknown): boolean {
  return isCodedError(error) && error.retryable;
}

const CAUSES_MAX = 4;

/** `ECONNRESET` and the like, else the class of the error; of its causes where it is a mere wrapper. */
export function failureName(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < CAUSES_MAX && current instanceof Error; depth += 1) {
    const name = ownName(current);
    if (name !== 'Error') return name;
    current = current.cause;
  }
  return 'unknown failure';
}

function ownName(error: Error): string {
  if ('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{3,40}$/.test(error.code)) {
    return error.code;
  }
  return /^[A-Za-z]{3,60}$/.test(error.name) ? error.name : 'Error';
}
