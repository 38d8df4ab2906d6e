import type { KeyObject, X509Certificate } from 'node:crypto';
import { certificateFacts } from './certificate-facts.ts';
import { certificateValidity } from './certificate-validity.ts';

const RSA_BITS_MIN = 2048;
const EC_CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
/** RFC 5280, section 4.2.1.12: clientAuth, and any purpose. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_PURPOSE = '2.5.29.37.0';
const NAME_CHARS_MAX = 200;

/** Why a certificate cannot be used at `nowMs`, whatever for; undefined when it can. */
export function findCertificateProblem(certificate: X509Certificate, nowMs: number): string | undefined {
  const name = nameOf(certificate);
  const { notAfter } = certificateFacts(certificate, nowMs);
  const { beginMs, endMs } = certificateValidity(certificate);
  if (endMs <= nowMs) return `must not be expired: ${name} ended at ${notAfter}`;
  if (beginMs > nowMs) {
    return `must be valid already: ${name} begins at ${new Date(beginMs).toISOString()}`;
  }
  const weakness = findKeyWeakness(certificate.publicKey);
  if (weakness !== undefined) return `must have a strong key: ${name} has ${weakness}`;
  const { signatureAlgorithm } = certificate;
  // What a root says of itself is not checked by anybody (RFC 5280, section 6.1), so its hash may be old.
  const isWeak = /md5|sha1(?!\d)/i.test(signatureAlgorithm ?? '') && !isSelfIssued(certificate);
  return isWeak ? `must be signed with SHA-256 or better: ${name} has ${signatureAlgorithm}` : undefined;
}

/** Why a certificate cannot vouch for others. */
export function findAuthorityProblem(certificate: X509Certificate): string | undefined {
  return certificate.ca ? undefined : `must be an authority: ${nameOf(certificate)} has no CA flag`;
}

/** Why a certificate cannot be shown by a client. */
export function findClientProblem(certificate: X509Certificate): string | undefined {
  const purposes: readonly string[] | undefined = certificate.keyUsage;
  if (purposes === undefined || purposes.includes(CLIENT_AUTH) || purposes.includes(ANY_PURPOSE))
    return undefined;
  return `must be for client authentication: ${nameOf(certificate)} is only for other purposes (extended key usage)`;
}

/** Whether `issuer` signed `certificate`. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** The subject, shortened. */
export function nameOf(certificate: X509Certificate): string {
  const { subject } = certificateFacts(certificate, 0);
  return subject.length > NAME_CHARS_MAX ? `${subject.slice(0, NAME_CHARS_MAX)}...` : subject;
}

function isSelfIssued(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer;
}

function findKeyWeakness(key: KeyObject): string | undefined {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType ?? 'unknown';
  if (type === 'ed25519' || type === 'ed448') return undefined;
  if (type === 'rsa' || type === 'rsa-pss') {
    return modulusLength < RSA_BITS_MIN
      ? `an RSA key of ${modulusLength} bits, fewer than ${RSA_BITS_MIN}`
      : undefined;
  }
  if (type !== 'ec') return `a key of type ${type}, which TLS does not use`;
  return EC_CURVES.has(namedCurve) ? undefined : `the curve ${namedCurve}, not P-256, P-384 or P-521`;
}
