import {
  listFeedVersionsBody,
  listFeedFormatsBody,
  listFeedDatesBody,
  listFeedIntervalsBody,
  listFeedFilesBody,
  getFeedFileBody,
} from '../generated/validators.gen.ts';
import type { CompiledCheck } from './compiled-check.ts';
import type {
  ListFeedVersionsBody,
  ListFeedFormatsBody,
  ListFeedDatesBody,
  ListFeedIntervalsBody,
  ListFeedFilesBody,
  GetFeedFileBody,
} from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Validation } from './validation.ts';

export function validateListFeedVersionsBody(value: unknown): Validation<ListFeedVersionsBody> {
  return checked<ListFeedVersionsBody>(listFeedVersionsBody, value);
}

export function validateListFeedFormatsBody(value: unknown): Validation<ListFeedFormatsBody> {
  return checked<ListFeedFormatsBody>(listFeedFormatsBody, value);
}

export function validateListFeedDatesBody(value: unknown): Validation<ListFeedDatesBody> {
  return checked<ListFeedDatesBody>(listFeedDatesBody, value);
}

export function validateListFeedIntervalsBody(value: unknown): Validation<ListFeedIntervalsBody> {
  return checked<ListFeedIntervalsBody>(listFeedIntervalsBody, value);
}

export function validateListFeedFilesBody(value: unknown): Validation<ListFeedFilesBody> {
  return checked<ListFeedFilesBody>(listFeedFilesBody, value);
}

export function validateGetFeedFileBody(value: unknown): Validation<GetFeedFileBody> {
  return checked<GetFeedFileBody>(getFeedFileBody, value);
}

/** Only the shape: which feeds, dates and files there are is known to the exporter. */
function checked<T>(check: CompiledCheck, value: unknown): Validation<T> {
  const problems = problemsOf(check, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: value as T };
}
