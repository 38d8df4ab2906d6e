import { AppError } from '@earshot/domain';

/** Waits no longer than that for work that cannot be stopped; its failure is then nobody's. */
export async function withinMs<T>(waitMsMax: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(waitMsMax)]);
  return await new Promise<T>((resolve, reject) => {
    const giveUp = (): void => {
      const late = new AppError('recording.store-late', `Cannot store: it took longer than ${waitMsMax} ms`, {
        retryable: true,
      });
      reject(signal.aborted ? signal.reason : late);
    };
    if (limit.aborted) giveUp();
    limit.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => limit.removeEventListener('abort', giveUp));
  });
}
