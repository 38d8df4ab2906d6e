import { AppError } from '@earshot/domain';

/**
 * `queues.unavailable`: the backend did not answer in time; retryable.
 * `queues.payload-invalid`: what came out of a queue is not what its contract says; not retryable.
 * `queues.drain-timeout`: jobs still ran when the time for a close was over; their locks run out and others go on.
 */
export type QueueErrorCode = 'queues.unavailable' | 'queues.payload-invalid' | 'queues.drain-timeout';

export function queueError(code: QueueErrorCode, message: string, cause?: unknown): AppError {
  return new AppError(code, message, { retryable: code !== 'queues.payload-invalid', cause });
}

export function isQueueError(
  error: unknown,
  code?: QueueErrorCode,
): error is AppError & { code: QueueErrorCode } {
  if (!(error instanceof AppError) || !error.code.startsWith('queues.')) return false;
  return code === undefined || error.code === code;
}
