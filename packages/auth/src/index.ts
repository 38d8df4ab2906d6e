export { hashApiSecret, isWellFormedApiSecret, newApiKey, type ApiKey } from './lib/api-key.ts';
export {
  authenticate,
  type AuthenticatedKey,
  type AuthFailure,
  type AuthResult,
  type StoredKey,
} from './lib/authenticate.ts';
export { parseCredentials, type Credentials, type HeaderReader } from './lib/credentials.ts';
export { createEgressPolicy, type EgressPolicy, type EgressPolicyOptions } from './lib/egress-policy.ts';
export { readEgressPolicy, type EgressReader } from './lib/read-egress-policy.ts';
export { judgeAddress, judgeEgressUrl, type EgressAudience, type EgressVerdict } from './lib/judge-egress.ts';
export { certificateFacts, type CertificateFacts } from './lib/outbound/certificate-facts.ts';
export { createOutboundAuth, type OutboundAuthOptions } from './lib/outbound/create-outbound-auth.ts';
export { describeOutboundAuth, type OutboundAuthDescription } from './lib/outbound/describe-outbound-auth.ts';
export {
  CLIENT_AUTHENTICATIONS,
  outboundSecretKind,
  type CaConfig,
  type ClientAuthentication,
  type MtlsConfig,
  type NamedSecretConfig,
  type OAuth2Config,
  type OutboundAuthConfig,
  type SignatureConfig,
  type SigningSecret,
} from './lib/outbound/outbound-config.ts';
export {
  type MtlsInput,
  type NamedSecretInput,
  type OAuth2Input,
  type OutboundAuthInput,
  type OutboundAuthProblem,
  type OutboundSecret,
  type PreparedOutboundAuth,
  type SignatureInput,
} from './lib/outbound/outbound-input.ts';
export {
  type OutboundAuth,
  type OutboundRequest,
  type TlsIdentity,
} from './lib/outbound/outbound-request.ts';
export {
  prepareOutboundAuth,
  type PrepareOutboundAuthOptions,
} from './lib/outbound/prepare-outbound-auth.ts';
export { type TokenFetch, type TokenFetchInit } from './lib/outbound/request-token.ts';
export { rotateSigningSecret, type RotatedSigningSecret } from './lib/outbound/rotate-signing-secret.ts';
export { TokenError } from './lib/outbound/token-error.ts';
export { hasScope, isScope, SCOPES, type Scope } from './lib/scopes.ts';
