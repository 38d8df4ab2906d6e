import type { Problem } from '@earshot/api';
import { hasScope, isScope, type Scope } from '@earshot/auth';

/** The scopes of `wanted` that who has `granted` cannot give. */
export function scopesBeyond(granted: readonly Scope[], wanted: readonly string[]): readonly Scope[] {
  return wanted.filter(isScope).filter((scope) => !hasScope(granted, scope));
}

/** One problem for each scope that cannot be given. */
export function findScopeProblems(granted: readonly Scope[], wanted: readonly Scope[]): readonly Problem[] {
  const beyond = scopesBeyond(granted, wanted);
  return wanted.flatMap((scope, index) =>
    beyond.some((one) => one === scope)
      ? [{ pointer: `/scopes/${index}`, message: 'must be a scope that the key of this request has' }]
      : [],
  );
}
