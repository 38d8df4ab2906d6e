import type { FoundSpan, JudgedRun } from './verdict.ts';

/** Runs that no span covers; both are in order. */
export function withoutSpans<T>(
  judged: readonly T[],
  found: readonly FoundSpan[],
  runOf: (one: T) => Pick<JudgedRun['run'], 'first' | 'last'>,
): T[] {
  let next = 0;
  return judged.filter((one) => {
    const run = runOf(one);
    while ((found[next]?.last ?? Infinity) < run.first) next += 1;
    return run.last < (found[next]?.first ?? Infinity);
  });
}
