import type { CreateKeyBody, Problem } from '@earshot/api';
import { findScopeProblems } from './given-scopes.ts';
import type { KeyDeps, KeyOwner, MadeKey } from './key-deps.ts';
import { newKey } from './new-key.ts';

export type CreateKeyOutcome = MadeKey | { readonly type: 'invalid'; readonly problems: readonly Problem[] };

/** A key with scopes its maker has. */
export async function createKey(
  deps: KeyDeps,
  owner: KeyOwner,
  { name, scopes, expiresAt }: CreateKeyBody,
): Promise<CreateKeyOutcome> {
  const expiresAtMs = expiresAt === undefined ? undefined : Date.parse(expiresAt);
  const problems: Problem[] = [...findScopeProblems(owner.scopes, scopes)];
  if (expiresAtMs !== undefined && expiresAtMs <= deps.clock.now()) {
    problems.push({ pointer: '/expiresAt', message: 'must be in the future' });
  }
  if (problems.length > 0) return { type: 'invalid', problems };
  const { row, made } = newKey(deps, owner, { name, scopes: [...new Set(scopes)], expiresAtMs });
  await deps.keys.insert(row);
  return made;
}
