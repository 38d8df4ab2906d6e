/** Ends early, without an error, when the signal fires. */
export async function delayUnlessAborted(
  delay: (durationMs: number) => Promise<void>,
  durationMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal?.addEventListener('abort', stop, { once: true });
  if (isAborted(signal)) stop();
  await Promise.race([delay(durationMs), aborted]);
  signal?.removeEventListener('abort', stop);
}

/** Asked anew each time: it changes while something is awaited. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}
