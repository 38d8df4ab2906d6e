/**
 * Runs tasks that need each other: when one fails, the signal the others got fires, all are awaited,
 * and the first failure is thrown. Nothing keeps running behind the caller's back.
 */
export async function runTogether(
  outer: AbortSignal,
  ...tasks: readonly ((signal: AbortSignal) => Promise<void>)[]
): Promise<void> {
  const controller = new AbortController();
  const signal = AbortSignal.any([outer, controller.signal]);
  let failure: { readonly error: unknown } | undefined;
  await Promise.all(
    tasks.map(async (task) => {
      try {
        await task(signal);
      } catch (error) {
        failure ??= { error };
        controller.abort(error);
      }
    }),
  );
  if (failure !== undefined) throw failure.error;
}
