import type { X509Certificate } from 'node:crypto';
import { certificateValidity } from './certificate-validity.ts';

/** What may be told of a certificate. */
export interface CertificateFacts {
  /** One line, for example `CN=hooks.example.com, O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601 in UTC. */
  readonly notAfter: string;
  /** Whole days until `notAfter`, negative when it has passed. */
  readonly daysLeft: number;
  /** Of the DER form, lower-case hex without colons. */
  readonly sha256: string;
}

const DAY_MS = 86_400_000;

/** @throws RangeError when the date of its end cannot be read, which `readCertificates` and OpenSSL's checks let nobody show */
export function certificateFacts(certificate: X509Certificate, nowMs: number): CertificateFacts {
  const { endMs: notAfterMs } = certificateValidity(certificate);
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    notAfter: new Date(notAfterMs).toISOString(),
    daysLeft: Math.floor((notAfterMs - nowMs) / DAY_MS),
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** Node puts one attribute on a line; undefined for a name without any. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}
