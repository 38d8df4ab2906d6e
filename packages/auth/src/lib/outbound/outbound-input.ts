import type { CaConfig, NamedSecretConfig, OAuth2Config, OutboundAuthConfig } from './outbound-config.ts';

/** A named secret with its value. */
export interface NamedSecretInput extends NamedSecretConfig {
  readonly value: string;
}

/** A client certificate with its private key. */
export interface MtlsInput {
  readonly type: 'mtls';
  /** PEM: the client certificate, then each issuer of the one before. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
  /** Of an encrypted private key; used once and not kept. */
  readonly passphrase?: string;
}

/** OAuth2 client credentials with the secret that the client authentication wants; `tls` wants none. */
export interface OAuth2Input extends OAuth2Config {
  /** With `basic` and `post`. */
  readonly clientSecret?: string;
  /** PEM, with `private_key_jwt`: RSA of 2048 bits or more (RS256), P-256, P-384, P-521 or Ed25519. */
  readonly privateKey?: string;
}

/** A signature by Standard Webhooks 1.0 (HMAC-SHA256). */
export interface SignatureInput {
  readonly type: 'signature';
  /** `whsec_` and base64 of 24 to 64 bytes; made when absent. */
  readonly secret?: string;
}

/** One strategy as its owner gives it. */
export type OutboundAuthInput = NamedSecretInput | CaConfig | MtlsInput | OAuth2Input | SignatureInput;

/** What of a strategy is not accepted. */
export interface OutboundAuthProblem {
  /** JSON pointer into the list of strategies, for example `/0/name`. */
  readonly pointer: string;
  /** Completes "the value at the pointer ..."; quotes no secret. */
  readonly message: string;
}

/** A secret to be sealed under its kind. */
export interface OutboundSecret {
  readonly kind: string;
  readonly value: string;
}

/** What is stored of strategies, apart from what is sealed; or all that is wrong with them. */
export type PreparedOutboundAuth =
  | {
      readonly ok: true;
      readonly configs: readonly OutboundAuthConfig[];
      /** To be sealed; what the endpoint had of other kinds is to be forgotten, but for `keptKinds`. */
      readonly secrets: readonly OutboundSecret[];
      /** Kinds of `current` that go on being used. */
      readonly keptKinds: readonly string[];
      /** To be shown once. */
      readonly generated: { readonly signingSecret?: string };
    }
  | { readonly ok: false; readonly problems: readonly OutboundAuthProblem[] };
