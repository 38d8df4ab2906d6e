import { partialWebhook, transcriptWebhook } from '../generated/validators.gen.ts';
import type { PartialWebhook, TranscriptWebhook } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Validation } from './validation.ts';

/** Checks the body of a received `transcript` webhook. */
export function validateTranscriptWebhook(value: unknown): Validation<TranscriptWebhook> {
  const problems = problemsOf(transcriptWebhook, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: asTranscriptWebhook(value) };
}

/** Sound after the compiled check of the same schema passed. */
function asTranscriptWebhook(value: unknown): TranscriptWebhook {
  return value as TranscriptWebhook;
}

/** Checks the body of a received `partial` webhook. */
export function validatePartialWebhook(value: unknown): Validation<PartialWebhook> {
  const problems = problemsOf(partialWebhook, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: asPartialWebhook(value) };
}

/** Sound after the compiled check of the same schema passed. */
function asPartialWebhook(value: unknown): PartialWebhook {
  return value as PartialWebhook;
}
