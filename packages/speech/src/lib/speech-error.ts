import { AppError } from '@earshot/domain';

/** Every `code` this package throws. */
export type SpeechErrorCode =
  | 'speech.wav-invalid'
  | 'speech.pcm-invalid'
  | 'speech.manifest-invalid'
  | 'speech.option-invalid'
  | 'speech.snapshot-invalid'
  | 'speech.model-missing'
  | 'speech.model-corrupt'
  | 'speech.model-load-failed'
  | 'speech.cache-failed'
  | 'speech.decode-failed'
  | 'speech.language-unsupported'
  | 'speech.audio-too-long'
  | 'speech.queue-full'
  | 'speech.engine-unavailable'
  | 'speech.engine-limited'
  | 'speech.engine-refused'
  | 'speech.engine-not-offered'
  | 'speech.closed';

const retryableCodes: ReadonlySet<SpeechErrorCode> = new Set([
  'speech.queue-full',
  'speech.decode-failed',
  'speech.engine-unavailable',
  'speech.engine-limited',
]);

export function speechError(code: SpeechErrorCode, message: string, cause?: unknown): AppError {
  return new AppError(code, message, { retryable: retryableCodes.has(code), cause });
}

/** True for a failure of this package with exactly this code. */
export function isSpeechError(error: unknown, code: SpeechErrorCode): error is AppError {
  return error instanceof AppError && error.code === code;
}
