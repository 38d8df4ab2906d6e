import { recordingError } from './recording-error.ts';

/** Throws `recordings.stalled` when the source gives nothing for `idleMsMax`, instead of waiting for ever. */
export async function* withIdleLimit<T>(
  source: AsyncIterable<T>,
  idleMsMax: number,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let isStalled = false;
  try {
    for (;;) {
      const next = await beforeLimit(iterator.next(), idleMsMax).catch((error: unknown) => {
        isStalled = true;
        throw error;
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A generator that still waits for its next value cannot answer `return`: nobody waits for it then.
    const returned = iterator.return?.();
    if (isStalled) returned?.catch(() => undefined);
    else await returned;
  }
}

async function beforeLimit<T>(pending: Promise<T>, idleMsMax: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `Cannot read recording: its source gave nothing for ${idleMsMax} ms`;
      reject(recordingError('recordings.stalled', message));
    }, idleMsMax);
  });
  try {
    return await Promise.race([pending, limit]);
  } finally {
    clearTimeout(timer);
  }
}
