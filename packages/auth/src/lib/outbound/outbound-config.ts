/** A secret of the receiver's choice in a header or a query parameter of its choice. */
export interface NamedSecretConfig {
  readonly type: 'secret';
  readonly name: string;
  readonly in: 'header' | 'query';
}

/** Authorities of the endpoint's own; no other is trusted for it. */
export interface CaConfig {
  readonly type: 'ca';
  /** PEM bundle. */
  readonly certificates: string;
}

/** A client certificate; its private key is a secret. */
export interface MtlsConfig {
  readonly type: 'mtls';
  /** PEM: the client certificate, then each issuer of the one before. */
  readonly certificate: string;
}

export const CLIENT_AUTHENTICATIONS = ['basic', 'post', 'private_key_jwt', 'tls'] as const;

/** How the token server knows us (RFC 6749, section 2.3; RFC 7523, section 2.2; RFC 8705, section 2). */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** OAuth2 client credentials (RFC 6749, section 4.4); the client secret or private key is a secret. */
export interface OAuth2Config {
  readonly type: 'oauth2';
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientAuthentication: ClientAuthentication;
  /** `kid` of the assertion, with `private_key_jwt`. */
  readonly keyId?: string;
  readonly scope?: string;
  readonly audience?: string;
}

/** Where one signing secret is kept and how long it signs. */
export interface SigningSecret {
  /** As `outboundSecretKind`, for the sealed secrets of the endpoint. */
  readonly kind: string;
  /** Absent for the current one. */
  readonly untilMs?: number;
}

/** Standard Webhooks 1.0, `v1`. */
export interface SignatureConfig {
  readonly type: 'signature';
  /** The current one first, then the one it replaced while both sign. */
  readonly secrets: readonly SigningSecret[];
}

/** One strategy of an endpoint, as stored; secret values are kept apart and asked for by kind. */
export type OutboundAuthConfig = NamedSecretConfig | CaConfig | MtlsConfig | OAuth2Config | SignatureConfig;

/** The kind under which the secret of the strategy at `index` is kept: `auth-secret`, `auth-secret-2`, ... */
export function outboundSecretKind(index: number): string {
  return index === 0 ? 'auth-secret' : `auth-secret-${index + 1}`;
}
