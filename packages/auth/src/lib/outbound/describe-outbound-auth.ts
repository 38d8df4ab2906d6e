import { X509Certificate } from 'node:crypto';
import { certificateFacts, type CertificateFacts } from './certificate-facts.ts';
import type { NamedSecretConfig, OAuth2Config, OutboundAuthConfig } from './outbound-config.ts';
import { splitCertificates } from './read-certificates.ts';

/** A strategy as it is answered: nothing that is a secret or leads to one. */
export type OutboundAuthDescription =
  | NamedSecretConfig
  | { readonly type: 'ca'; readonly certificates: readonly CertificateFacts[] }
  | { readonly type: 'mtls'; readonly certificate: CertificateFacts }
  | OAuth2Config
  /** `previousUntil`: ISO 8601, while the secret before the current one signs too. */
  | { readonly type: 'signature'; readonly previousUntil?: string };

/** @throws when a stored certificate cannot be read, which `prepareOutboundAuth` would not have let through */
export function describeOutboundAuth(config: OutboundAuthConfig, nowMs: number): OutboundAuthDescription {
  switch (config.type) {
    case 'secret':
    case 'oauth2':
      return config;
    case 'ca':
      return {
        type: 'ca',
        certificates: splitCertificates(config.certificates).map((pem) =>
          certificateFacts(new X509Certificate(pem), nowMs),
        ),
      };
    case 'mtls':
      return { type: 'mtls', certificate: certificateFacts(new X509Certificate(config.certificate), nowMs) };
    case 'signature': {
      const untilMs = config.secrets.find((one) => one.untilMs !== undefined && one.untilMs > nowMs)?.untilMs;
      return {
        type: 'signature',
        ...(untilMs === undefined ? {} : { previousUntil: new Date(untilMs).toISOString() }),
      };
    }
  }
}
