import { beforeAbort, type Clock } from '@earshot/domain';
import type { OAuth2Config } from './outbound-config.ts';
import { requestToken, type FetchedToken, type TokenFetch } from './request-token.ts';

/** The access token of one endpoint. */
export interface AccessTokens {
  /** @throws TokenError when none can be had; the reason of `signal` when it ends the wait */
  get(signal?: AbortSignal): Promise<string>;
  /** Forgets the token in use, unless `refused` is an older one. */
  forget(refused: string | undefined): void;
}

export interface AccessTokensOptions {
  readonly fetch: TokenFetch;
  readonly clock: Clock;
}

/** A token is asked for anew this long before it ends, for the way and for clocks that differ. */
const SKEW_MS = 30_000;
/** Still longer before, it is asked for beside the deliveries, so that none waits for it. */
const AHEAD_MS = 30_000;
/** Between two such attempts. */
const AHEAD_GAP_MS = 5_000;
/** How long a token of unknown length is used. */
const UNKNOWN_LIFE_MS = 60_000;

interface KeptToken {
  readonly token: string;
  readonly untilMs: number;
  readonly aheadAtMs: number;
}

/**
 * Asks once however many wait, and keeps the token until it nears its end. Shortly before, while it is used, the next
 * one is asked for. A failure is not kept.
 */
export function createAccessTokens(
  config: OAuth2Config,
  openSecret: () => Promise<string>,
  { fetch, clock }: AccessTokensOptions,
): AccessTokens {
  let kept: KeptToken | undefined;
  let underWay: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { token, lifeMs } = await requestToken(config, openSecret, fetch);
    kept = keptToken(token, lifeMs, clock.now());
    return token;
  }
  function askOnce(): Promise<string> {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }
  function askAhead(current: KeptToken): void {
    kept = { ...current, aheadAtMs: clock.now() + AHEAD_GAP_MS };
    // Nobody waits for it: who needs it when the time is over asks again and is told.
    askOnce().catch(() => {});
  }

  return {
    async get(signal) {
      const nowMs = clock.now();
      if (kept === undefined || nowMs >= kept.untilMs) {
        // Stops the wait, not the work, since others wait for it too.
        return await (signal === undefined ? askOnce() : beforeAbort(askOnce(), signal));
      }
      const { token, aheadAtMs } = kept;
      if (nowMs >= aheadAtMs) askAhead(kept);
      return token;
    },
    forget(refused) {
      if (refused === undefined || kept?.token === refused) kept = undefined;
    },
  };
}

/** Undefined for a token that is used once. */
function keptToken(token: string, lifeMs: FetchedToken['lifeMs'], nowMs: number): KeptToken | undefined {
  const keptMs = keptMsOf(lifeMs);
  if (keptMs === 0) return undefined;
  const untilMs = nowMs + keptMs;
  return { token, untilMs, aheadAtMs: keptMs > 2 * AHEAD_MS ? untilMs - AHEAD_MS : untilMs };
}

/** 0 for a token that is not kept; half of a life that the skew would eat. */
function keptMsOf(lifeMs: FetchedToken['lifeMs']): number {
  if (lifeMs === undefined) return UNKNOWN_LIFE_MS;
  return Math.max(lifeMs - SKEW_MS, Math.min(lifeMs / 2, SKEW_MS));
}
