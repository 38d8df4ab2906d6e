/** What the promise comes to, unless the deadline comes first: then its reason is thrown. */
export async function beforeDeadline<T>(pending: Promise<T>, deadline: AbortSignal): Promise<T> {
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const pass = (): void => reject(deadline.reason);
  if (deadline.aborted) pass();
  deadline.addEventListener('abort', pass, { once: true });
  try {
    return await Promise.race([pending, passed]);
  } finally {
    deadline.removeEventListener('abort', pass);
  }
}
