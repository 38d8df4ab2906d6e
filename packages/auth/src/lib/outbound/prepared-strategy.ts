import type { OutboundAuthConfig } from './outbound-config.ts';
import type { OutboundAuthProblem } from './outbound-input.ts';

/** One strategy that was looked at by itself; pointers are relative to it. */
export type PreparedStrategy =
  | { readonly ok: true; readonly config: OutboundAuthConfig; readonly secret?: string }
  | { readonly ok: false; readonly problems: readonly OutboundAuthProblem[] };

/** The strategy when nothing is wrong with it. */
export function strategyUnless(
  problems: readonly OutboundAuthProblem[],
  config: OutboundAuthConfig,
  secret?: string,
): PreparedStrategy {
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config, ...(secret === undefined ? {} : { secret }) };
}
