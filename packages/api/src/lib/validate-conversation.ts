import { fileMessageBody, fileMessagesBody, upsertConversationBody } from '../generated/validators.gen.ts';
import type { CompiledCheck } from './compiled-check.ts';
import type { FileMessageBody, FileMessagesBody, UpsertConversationBody } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Problem, type Validation } from './validation.ts';

/** An instant of a filed message, ms since the epoch; without a zone it is UTC. NaN where no calendar has it. */
export function filedInstantMs(timestamp: string): number {
  return Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(timestamp) ? timestamp : `${timestamp}Z`);
}

export function validateUpsertConversationBody(value: unknown): Validation<UpsertConversationBody> {
  return checked<UpsertConversationBody>(upsertConversationBody, value, (body) => [
    { at: '', timestamp: body.timestamp },
  ]);
}

export function validateFileMessageBody(value: unknown): Validation<FileMessageBody> {
  return checked<FileMessageBody>(fileMessageBody, value, (body) => [{ at: '', timestamp: body.timestamp }]);
}

export function validateFileMessagesBody(value: unknown): Validation<FileMessagesBody> {
  return checked<FileMessagesBody>(fileMessagesBody, value, (body) =>
    body.messages.map(({ timestamp }, index) => ({ at: `/messages/${index}`, timestamp })),
  );
}

/** The shape, then what no pattern can tell: whether the calendar has that day. */
function checked<T>(
  check: CompiledCheck,
  value: unknown,
  instantsOf: (body: T) => readonly { readonly at: string; readonly timestamp: string }[],
): Validation<T> {
  const shape = problemsOf(check, value);
  const problems = shape.length > 0 ? shape : calendarProblems(instantsOf(value as T));
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: value as T };
}

function calendarProblems(
  instants: readonly { readonly at: string; readonly timestamp: string }[],
): readonly Problem[] {
  return instants
    .filter(({ timestamp }) => Number.isNaN(filedInstantMs(timestamp)))
    .map(({ at }) => ({ pointer: `${at}/timestamp`, message: 'must be a day and time that exist' }));
}
