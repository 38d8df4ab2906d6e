import type { Clock } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';

/** Writes down that a key was used at an instant, ms since the epoch. */
export type NoteKeyUse = (apiId: string, usedAtMs: number) => Promise<void>;

const INTERVAL_MS = 60_000;
const KEY_COUNT_MAX = 10_000;

/** At most one write a minute, key and process, beside the request; one that fails is logged and refuses nobody. */
export function noteKeyUse(note: NoteKeyUse, clock: Clock, logger: Logger): MiddlewareHandler<AppEnv> {
  const notedAtMs = new Map<string, number>();
  const isDue = (apiId: string, nowMs: number): boolean => {
    const before = notedAtMs.get(apiId);
    if (before !== undefined && nowMs - before < INTERVAL_MS) return false;
    // Taken out and put back, so that the first key of the map is the one noted longest ago.
    notedAtMs.delete(apiId);
    notedAtMs.set(apiId, nowMs);
    const oldest = notedAtMs.size > KEY_COUNT_MAX ? notedAtMs.keys().next() : undefined;
    if (oldest?.done === false) notedAtMs.delete(oldest.value);
    return true;
  };
  return async (c, next) => {
    const { apiId } = c.get('key');
    const nowMs = clock.now();
    if (!isDue(apiId, nowMs)) return await next();
    const noted = note(apiId, nowMs).catch((error: unknown) => {
      logger.warn('http.key-use-not-noted', { requestId: c.get('requestId'), error });
    });
    await next();
    await noted;
  };
}
