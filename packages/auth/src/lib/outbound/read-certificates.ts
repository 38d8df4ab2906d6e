import { X509Certificate } from 'node:crypto';
import { certificateValidity } from './certificate-validity.ts';

export type ReadCertificates =
  | { readonly ok: true; readonly certificates: readonly X509Certificate[]; readonly pem: string }
  | { readonly ok: false; readonly message: string };

const PEM_CHARS_MAX = 256 * 1024;
/** PEM that was copied out of a JSON text or an environment file. */
export const ESCAPED_MESSAGE = 'must be PEM with line breaks, not with the two characters \\n in their place';
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Reads 1 to `countMax` certificates of a PEM text of at most 262144 characters. What stands between them is left
 * out of `pem`, since bundles come with comments.
 */
export function readCertificates(text: string, countMax: number): ReadCertificates {
  if (text.length > PEM_CHARS_MAX)
    return { ok: false, message: `must be at most ${PEM_CHARS_MAX} characters` };
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return { ok: false, message: 'must not hold a private key' };
  }
  if (text.includes('\\n')) return { ok: false, message: ESCAPED_MESSAGE };
  const blocks = splitCertificates(text);
  const begun = text.split('-----BEGIN ').length - 1;
  if (begun === 0) return { ok: false, message: 'must be certificates in PEM form' };
  if (begun !== blocks.length) {
    return { ok: false, message: 'must hold whole certificates in PEM form and nothing else' };
  }
  if (blocks.length > countMax) return { ok: false, message: `must hold at most ${countMax} certificates` };
  const certificates = blocks.map(readCertificate);
  const damagedIndex = certificates.indexOf(undefined);
  if (damagedIndex >= 0) {
    return {
      ok: false,
      message: `must hold certificates in PEM form: certificate ${damagedIndex + 1} is damaged`,
    };
  }
  return {
    ok: true,
    certificates: certificates.filter((certificate) => certificate !== undefined),
    pem: `${blocks.join('\n')}\n`,
  };
}

/** Each certificate of a PEM bundle by itself. */
export function splitCertificates(bundle: string): readonly string[] {
  return bundle.match(CERTIFICATE) ?? [];
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    // Both are parsed only when they are asked for; the key throws when it is of no known kind.
    const { beginMs, endMs } = certificateValidity(certificate);
    const isDated = !Number.isNaN(beginMs) && !Number.isNaN(endMs);
    return isDated && certificate.publicKey.type === 'public' ? certificate : undefined;
  } catch {
    // OpenSSL's reason names a line of its parser.
    return undefined;
  }
}
