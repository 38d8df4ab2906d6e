import { createKeyBody } from '../generated/validators.gen.ts';
import type { CreateKeyBody } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { instantProblems } from './instant-problems.ts';
import { problemsOf, type Validation } from './validation.ts';

/** Checks a create body. Whether the scopes may be given, and the expiry has passed, is decided where key and clock are. */
export function validateCreateKeyBody(value: unknown): Validation<CreateKeyBody> {
  const found = problemsOf(createKeyBody, value);
  const body = asCreateKeyBody(value);
  const problems = found.length > 0 ? found : instantProblems('/expiresAt', body.expiresAt);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: body };
}

/** Used only when the compiled check of the same schema passed. */
function asCreateKeyBody(value: unknown): CreateKeyBody {
  return value as CreateKeyBody;
}
