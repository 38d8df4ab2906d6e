import type { Scope } from '@earshot/auth';
import { scopesBeyond } from './given-scopes.ts';
import { isKeyId } from './key-id.ts';
import type { KeyDeps, KeyOwner, MadeKey } from './key-deps.ts';
import { newKey } from './new-key.ts';

export type RotateKeyOutcome =
  | MadeKey
  | { readonly type: 'unknown' }
  | { readonly type: 'beyond'; readonly scopes: readonly Scope[] }
  /** It was rotated, revoked or has expired. */
  | { readonly type: 'over' };

/** A new key in the place of another, which is refused after `overlapMs`. */
export async function rotateKey(
  deps: KeyDeps,
  owner: KeyOwner,
  apiId: string,
  overlapMs: number,
): Promise<RotateKeyOutcome> {
  const { tenantId, appId } = owner;
  if (!isKeyId(apiId)) return { type: 'unknown' };
  const current = await deps.keys.get(tenantId, appId, apiId);
  if (current === undefined) return { type: 'unknown' };
  const beyond = scopesBeyond(owner.scopes, current.scopes);
  if (beyond.length > 0) return { type: 'beyond', scopes: beyond };
  const nowMs = deps.clock.now();
  const hasExpired = current.expiresAtMs !== undefined && current.expiresAtMs <= nowMs;
  if (hasExpired || current.revokedAtMs !== undefined) return { type: 'over' };
  const { row, made } = newKey(deps, owner, current);
  const input = { tenantId, appId, apiId, revokedAtMs: nowMs + overlapMs, next: row };
  return (await deps.keys.rotate(input)) ? made : { type: 'over' };
}
