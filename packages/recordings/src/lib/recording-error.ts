import { AppError } from '@earshot/domain';

export type RecordingErrorCode =
  /** A stretch, or a list of parts, that no recording can be made of: a bug of the caller. */
  | 'recordings.invalid-argument'
  /** A part is not what was told of it: other bytes, or not whole Clusters. Reading it again may help. */
  | 'recordings.part-damaged'
  /** No Matroska, or so damaged that nothing in it can be relied on. */
  | 'recordings.unreadable'
  /** More than a limit allows is held or awaited. */
  | 'recordings.limit-exceeded'
  /** The source gave nothing for longer than allowed. */
  | 'recordings.stalled';

const RETRYABLE: ReadonlySet<RecordingErrorCode> = new Set(['recordings.part-damaged', 'recordings.stalled']);

export function recordingError(code: RecordingErrorCode, message: string, cause?: unknown): AppError {
  return new AppError(code, message, { retryable: RETRYABLE.has(code), cause });
}

export function isRecordingError(error: unknown): error is AppError & { readonly code: RecordingErrorCode } {
  return error instanceof AppError && error.code.startsWith('recordings.');
}
