import { AppError } from '@earshot/domain';

/** `objects.key-invalid`: not a key we make. `objects.failed`: the store did not do it, try again. */
export type ObjectErrorCode = 'objects.key-invalid' | 'objects.failed';

export function objectError(action: string, key: string, cause: unknown): AppError {
  const name = cause instanceof Error ? cause.name : 'unknown';
  return new AppError('objects.failed', `Cannot ${action} ${key}: ${name}`, { retryable: true, cause });
}

/** A part begins with no dot, so that no key leads out of its folder. */
const PART = /^[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,199}$/;

/** The parts of a key. @throws AppError `objects.key-invalid` */
export function keyParts(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length <= 16 && parts.every((part) => PART.test(part))) return parts;
  throw new AppError('objects.key-invalid', 'Cannot use object key: a part of it is not accepted', {
    retryable: false,
  });
}
