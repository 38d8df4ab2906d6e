import { retentionSettings } from '../generated/validators.gen.ts';
import type { RetentionSettings } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Validation } from './validation.ts';

/** Checks a put body. */
export function validatePutRetentionBody(value: unknown): Validation<RetentionSettings> {
  const problems = problemsOf(retentionSettings, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: asRetentionSettings(value) };
}

/** Used only when the compiled check of the same schema passed. */
function asRetentionSettings(value: unknown): RetentionSettings {
  return value as RetentionSettings;
}
