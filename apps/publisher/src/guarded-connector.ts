import { lookup as resolveName, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import {
  judgeAddress,
  judgeEgressUrl,
  type EgressAudience,
  type EgressPolicy,
  type TlsIdentity,
} from '@earshot/auth';
import { AppError } from '@earshot/domain';
import { buildConnector } from 'undici';

type LookupDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;
type Lookup = (hostname: string, options: LookupOptions, done: LookupDone) => void;

/** Resolves a name to all its addresses; the shape of `dns.lookup` with `all`. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface GuardedConnectorOptions {
  readonly policy: EgressPolicy;
  readonly connectTimeoutMs: number;
  /** Authorities and client certificate of its TLS sockets. Default: the system's authorities, no certificate. */
  readonly tls?: TlsIdentity | undefined;
  /** Default: the system's resolver. */
  readonly resolve?: ResolveName | undefined;
}

/**
 * Opens sockets for undici to allowed addresses only. A literal address is judged here, since Node asks no
 * `lookup` for it; of a name every address must pass, and the socket is opened to one of those judged.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const { policy, connectTimeoutMs: timeout, tls = {}, resolve = resolveName } = options;
  const build = (audience: EgressAudience): buildConnector.connector =>
    buildConnector({ ...tls, timeout, lookup: guardLookup(policy, audience, resolve) });
  const connectors = { public: build('public'), 'allow-listed': build('allow-listed') };

  return (target, done) => {
    const verdict = judgeEgressUrl(urlOf(target), policy);
    if (verdict.ok) connectors[verdict.audience](target, done);
    else done(egressRefused(verdict.reason), null);
  };
}

function urlOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port === '' ? '' : `:${port}`}`);
}

function guardLookup(policy: EgressPolicy, audience: EgressAudience, resolve: ResolveName): Lookup {
  return (hostname, options, done) => {
    // `localhost` was judged as this address (RFC 6761, section 6.3), so nothing else may come of it.
    if (/(^|\.)localhost\.?$/i.test(hostname)) {
      answer([{ address: '127.0.0.1', family: 4 }], options, done);
      return;
    }
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const refused = addresses
        .map(({ address }) => judgeAddress(address, policy, audience))
        .find(({ ok }) => !ok);
      if (refused !== undefined && !refused.ok) return done(egressRefused(refused.reason), []);
      answer(addresses, options, done);
    });
  };
}

function answer(addresses: LookupAddress[], options: LookupOptions, done: LookupDone): void {
  const [first] = addresses;
  if (options.all === true) done(null, addresses);
  else if (first === undefined) done(Object.assign(new Error('No address'), { code: 'ENOTFOUND' }), []);
  else done(null, first.address, first.family);
}

/** The reason names an address or a scheme, never a path or a query. */
function egressRefused(reason: string): AppError {
  const message = `Cannot connect: ${reason}`;
  return new AppError('webhook.egress-refused', message, { retryable: false, publicMessage: message });
}
