import { replayBody, rotateBody } from '../generated/validators.gen.ts';
import type { ReplayBody, RotateBody } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { instantProblems } from './instant-problems.ts';
import { problemsOf, type Problem, type Validation } from './validation.ts';

export function validateRotateBody(value: unknown): Validation<RotateBody> {
  return validated(problemsOf(rotateBody, value), asRotateBody(value));
}

export function validateReplayBody(value: unknown): Validation<ReplayBody> {
  const found = problemsOf(replayBody, value);
  const body = asReplayBody(value);
  return validated(found.length > 0 ? found : rangeProblems(body), body);
}

function rangeProblems({ guid, from, to }: ReplayBody): readonly Problem[] {
  if (guid !== undefined) {
    const isBoth = from !== undefined || to !== undefined;
    return isBoth ? [{ pointer: '/guid', message: 'must be absent beside /from and /to' }] : [];
  }
  if (from === undefined && to === undefined) {
    return [{ pointer: '', message: 'must have /guid, or /from and /to' }];
  }
  if (from === undefined || to === undefined) {
    return [{ pointer: from === undefined ? '/from' : '/to', message: 'is required' }];
  }
  const problems = [...instantProblems('/from', from), ...instantProblems('/to', to)];
  if (problems.length > 0 || Date.parse(from) < Date.parse(to)) return problems;
  return [{ pointer: '/to', message: 'must be after /from' }];
}

function validated<T>(problems: readonly Problem[], body: T): Validation<T> {
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: body };
}

/** Used only when the compiled check of the same schema passed. */
function asRotateBody(value: unknown): RotateBody {
  return value as RotateBody;
}

/** Used only when the compiled check of the same schema passed. */
function asReplayBody(value: unknown): ReplayBody {
  return value as ReplayBody;
}
