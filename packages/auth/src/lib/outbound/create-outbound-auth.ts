import { getCACertificates } from 'node:tls';
import type { Clock } from '@earshot/domain';
import { applyNamedSecret } from './named-secret.ts';
import { createAccessTokens, type AccessTokens } from './access-tokens.ts';
import { withHeader } from './header-field.ts';
import { outboundSecretKind, type OutboundAuthConfig } from './outbound-config.ts';
import type { OutboundAuth, OutboundRequest, TlsIdentity } from './outbound-request.ts';
import type { TokenFetch } from './request-token.ts';
import { applySignature } from './signature.ts';

/** How access tokens are asked for, and by which clock they end. */
export interface OutboundAuthOptions {
  /** Guarded, and over sockets with the identity of `tokenTls`; must not follow redirects by itself. */
  readonly fetch: TokenFetch;
  readonly clock: Clock;
}

const BEARER = 'Bearer ';

type Strategy = (request: OutboundRequest, signal: AbortSignal | undefined) => Promise<OutboundRequest>;

/**
 * Composes the strategies of an endpoint in their order. Secrets are asked for at every request, so whoever passes
 * `openSecret` may cache; an access token is kept here for as long as it is good.
 */
export function createOutboundAuth(
  configs: readonly OutboundAuthConfig[],
  openSecret: (kind: string) => Promise<string>,
  options: OutboundAuthOptions,
): OutboundAuth {
  const tokens: AccessTokens[] = [];
  const strategies: Strategy[] = [];
  for (const [index, config] of configs.entries()) {
    const open = (): Promise<string> => openSecret(outboundSecretKind(index));
    if (config.type === 'secret') strategies.push((request) => applyNamedSecret(request, config, open));
    if (config.type === 'signature')
      strategies.push((request) => applySignature(request, config, openSecret));
    if (config.type === 'oauth2') {
      const own = createAccessTokens(config, open, options);
      tokens.push(own);
      strategies.push(async (request, signal) =>
        withHeader(request, 'authorization', `${BEARER}${await own.get(signal)}`),
      );
    }
  }
  const tls = (): Promise<TlsIdentity | undefined> => tlsOf(configs, openSecret);
  return {
    tls,
    async tokenTls() {
      const identity = await tls();
      if (identity?.ca === undefined) return identity;
      return { ...identity, ca: [identity.ca, ...getCACertificates('default')].join('\n') };
    },
    async apply(request, signal) {
      let current = request;
      for (const strategy of strategies) current = await strategy(current, signal);
      return current;
    },
    async renew(refused) {
      const used = refused?.headers['authorization']?.slice(BEARER.length);
      for (const own of tokens) own.forget(used);
      return tokens.length > 0;
    },
  };
}

async function tlsOf(
  configs: readonly OutboundAuthConfig[],
  openSecret: (kind: string) => Promise<string>,
): Promise<TlsIdentity | undefined> {
  let identity: TlsIdentity | undefined;
  for (const [index, config] of configs.entries()) {
    if (config.type === 'ca') identity = { ...identity, minVersion: 'TLSv1.2', ca: config.certificates };
    if (config.type === 'mtls') {
      const key = await openSecret(outboundSecretKind(index));
      identity = { ...identity, minVersion: 'TLSv1.2', cert: config.certificate, key };
    }
  }
  return identity;
}
