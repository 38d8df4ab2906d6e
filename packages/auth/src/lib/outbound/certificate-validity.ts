import type { X509Certificate } from 'node:crypto';

/** When a certificate is valid: `beginMs` to `endMs`, Unix time in milliseconds; NaN for a date that cannot be read. */
export interface CertificateValidity {
  readonly beginMs: number;
  readonly endMs: number;
}

/** What OpenSSL writes in place of a date that it cannot read. */
const UNREADABLE = 'Bad time value';

/** Of a date that it cannot read Node makes a number out of memory nobody wrote, so its text is asked first. */
export function certificateValidity(certificate: X509Certificate): CertificateValidity {
  const { validFrom, validTo } = certificate;
  return {
    beginMs: validFrom === UNREADABLE ? Number.NaN : certificate.validFromDate.getTime(),
    endMs: validTo === UNREADABLE ? Number.NaN : certificate.validToDate.getTime(),
  };
}
