import type { Problem } from './validation.ts';

/** RFC 3339: with seconds and a zone, since without one the instant would depend on the server. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

/** What is wrong with an instant of a body; the compiled checks do not look at formats. */
export function instantProblems(pointer: string, text: string | undefined): readonly Problem[] {
  if (text === undefined || (INSTANT.test(text) && !Number.isNaN(Date.parse(text)))) return [];
  return [{ pointer, message: 'must be a date and time like 2026-11-23T12:00:00Z' }];
}
