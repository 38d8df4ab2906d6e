import { putSpeechSettingsBody } from '../generated/validators.gen.ts';
import type { PutSpeechSettingsBody } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Validation } from './validation.ts';

/** Checks a put body. Which engines there are is the deployment's business. */
export function validatePutSpeechSettingsBody(value: unknown): Validation<PutSpeechSettingsBody> {
  const problems = problemsOf(putSpeechSettingsBody, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: asPutSpeechSettingsBody(value) };
}

/** Used only when the compiled check of the same schema passed. */
function asPutSpeechSettingsBody(value: unknown): PutSpeechSettingsBody {
  return value as PutSpeechSettingsBody;
}
