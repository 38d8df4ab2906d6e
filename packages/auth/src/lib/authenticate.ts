import { timingSafeEqual } from 'node:crypto';
import { parseCredentials, type HeaderReader } from './credentials.ts';
import { isScope, type Scope } from './scopes.ts';

/** An API key as the store keeps it. */
export interface StoredKey {
  readonly tenantId: string;
  readonly appId: string;
  readonly apiId: string;
  /** See `hashApiSecret`. */
  readonly secretHash: Uint8Array;
  /** Words that are no scope (any more) are ignored. */
  readonly scopes: readonly string[];
  /** ms since the epoch; the key is refused from this instant on. */
  readonly expiresAtMs: number | undefined;
  readonly revokedAtMs: number | undefined;
}

/** Whose request it is, and what it may do. */
export interface AuthenticatedKey {
  readonly tenantId: string;
  readonly appId: string;
  readonly apiId: string;
  readonly scopes: readonly Scope[];
}

/** `expired` and `revoked` are told only to who knows the secret; all four answer 401 alike in public. */
export type AuthFailure = 'missing' | 'wrong' | 'expired' | 'revoked';

/** Branch on `ok`. */
export type AuthResult =
  { readonly ok: true; readonly key: AuthenticatedKey } | { readonly ok: false; readonly error: AuthFailure };

/**
 * Decides whose request this is. An unknown id costs the same hash and comparison as a known one, so the time of
 * the answer does not tell which ids exist.
 *
 * @param nowMs ms since the epoch
 */
export async function authenticate(
  headers: HeaderReader,
  lookup: (apiId: string) => Promise<StoredKey | undefined>,
  hashSecret: (apiId: string, apiSecret: string) => Uint8Array,
  nowMs: number,
): Promise<AuthResult> {
  const credentials = parseCredentials(headers);
  if (credentials === undefined) return { ok: false, error: 'missing' };
  const stored = await lookup(credentials.apiId);
  const given = hashSecret(credentials.apiId, credentials.apiSecret);
  const same = equalBytes(stored?.secretHash ?? new Uint8Array(given.byteLength), given);
  if (stored === undefined || !same) return { ok: false, error: 'wrong' };
  if (stored.revokedAtMs !== undefined && stored.revokedAtMs <= nowMs) return { ok: false, error: 'revoked' };
  if (stored.expiresAtMs !== undefined && stored.expiresAtMs <= nowMs) return { ok: false, error: 'expired' };
  const { tenantId, appId, apiId } = stored;
  return { ok: true, key: { tenantId, appId, apiId, scopes: stored.scopes.filter(isScope) } };
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
