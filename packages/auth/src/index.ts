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
export {
  createOutboundAuth,
  findOutboundAuthProblems,
  outboundSecretKind,
  type OutboundAuthConfig,
  type OutboundAuthProblem,
} from './lib/outbound-auth.ts';
export { type OutboundAuth, type OutboundRequest } from './lib/outbound-request.ts';
export { hasScope, isScope, SCOPES, type Scope } from './lib/scopes.ts';
