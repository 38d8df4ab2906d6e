/**
 * What comes in time. Not by an abort signal: `fetch` holds on to it weakly, and a body under way may then never end.
 *
 * @param giveUp called when nothing came
 */
export async function within<T>(pending: Promise<T>, timeoutMs: number, giveUp: () => void): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No byte came for ${timeoutMs} ms`));
    giveUp();
  }, timeoutMs);
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
