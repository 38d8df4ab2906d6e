const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Each certificate of a PEM bundle by itself; comments between them are left out. */
export function splitCertificates(bundle: string): readonly string[] {
  return bundle.match(CERTIFICATE) ?? [];
}
