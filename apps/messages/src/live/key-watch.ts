import { isCodedError, type Clock } from '@earshot/domain';
import type { KeyLookup } from '@earshot/http';
import type { Logger } from '@earshot/telemetry';

export interface KeyWatchDeps {
  readonly keys: Pick<KeyLookup, 'findKey'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Asks whether a key that was let in would be let in still: a stream outlives the look at its credentials. While the store
 * does not answer the key counts as it did, since then nothing is read from it either.
 */
export function watchKey({ keys, clock, logger }: KeyWatchDeps, apiId: string): () => Promise<boolean> {
  return async () => {
    try {
      const stored = await keys.findKey(apiId);
      const endMs = Math.min(stored?.revokedAtMs ?? Infinity, stored?.expiresAtMs ?? Infinity);
      return stored !== undefined && clock.now() < endMs;
    } catch (error) {
      if (!isCodedError(error) || !error.retryable) throw error;
      logger.warn('live.key-not-read', { error });
      return true;
    }
  };
}
