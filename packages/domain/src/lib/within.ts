/**
 * Settles as the work does, or rejects with `makeError()` once `limitMs` have passed. The work itself goes on, and
 * nobody is told if it fails later.
 *
 * @param limitMs milliseconds, at most 2^31 - 1
 */
export async function within<T>(work: Promise<T>, limitMs: number, makeError: () => Error): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(makeError()), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
