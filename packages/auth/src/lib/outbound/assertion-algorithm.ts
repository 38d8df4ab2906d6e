import type { KeyObject } from 'node:crypto';

/** How Web Crypto names what a key signs with. */
export type AssertionAlgorithm =
  | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: 'SHA-256' }
  | { readonly name: 'ECDSA'; readonly namedCurve: string }
  | { readonly name: 'Ed25519' };

const RSA_BITS_MIN = 2048;
const CURVES: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
]);

/**
 * How a key signs client assertions (RFC 7518, section 3.1; RFC 8037): RS256, since every server takes it, ES256,
 * ES384, ES512 or Ed25519. Undefined when it is too weak or of another kind.
 */
export function assertionAlgorithm(key: KeyObject): AssertionAlgorithm | undefined {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  if (type === 'ed25519') return { name: 'Ed25519' };
  if (type === 'rsa' && modulusLength >= RSA_BITS_MIN) return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const curve = type === 'ec' ? CURVES.get(namedCurve) : undefined;
  return curve === undefined ? undefined : { name: 'ECDSA', namedCurve: curve };
}
