import { within } from '@earshot/domain';
import { recordingError } from './recording-error.ts';

/** Throws `recordings.stalled` when the source gives nothing for `idleMsMax`, instead of waiting for ever. */
export async function* withIdleLimit<T>(
  source: AsyncIterable<T>,
  idleMsMax: number,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const stalled = (): Error =>
    recordingError(
      'recordings.stalled',
      `Cannot read recording: its source gave nothing for ${idleMsMax} ms`,
    );
  let isStalled = false;
  try {
    for (;;) {
      const next = await within(iterator.next(), idleMsMax, stalled).catch((error: unknown) => {
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
