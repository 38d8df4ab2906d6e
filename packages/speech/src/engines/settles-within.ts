import { setTimeout } from 'node:timers/promises';

/** False where `promise` is still open after `ms`; rejects as it does before that. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = new AbortController();
  try {
    const tooLong = setTimeout(ms, false, { signal: settled.signal });
    return await Promise.race([promise.then(() => true), tooLong]);
  } finally {
    settled.abort();
  }
}
