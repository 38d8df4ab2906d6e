import ipaddr from 'ipaddr.js';
import type { EgressPolicy } from './egress-policy.ts';

/**
 * What the addresses behind a URL must be: `public` accepts public unicast and the allow-list, `allow-listed` only
 * the latter, because the URL uses http or a port that is reserved to it.
 */
export type EgressAudience = 'public' | 'allow-listed';

/** `reason` is for the endpoint's owner; it holds no more than the URL and its addresses. */
export type EgressVerdict =
  { readonly ok: true; readonly audience: EgressAudience } | { readonly ok: false; readonly reason: string };

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const SCHEME_PORTS: ReadonlyMap<string, number> = new Map([
  ['https:', 443],
  ['http:', 80],
]);
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Judges a URL before any connection, by its parts and, where the host is a literal, by its address. A name is
 * judged when it resolves: pass each address and the verdict's `audience` to `judgeAddress`, at every attempt.
 * Judge the parsed `URL` only: the parser turns `0x7f.1`, `2130706433` and `①27.0.0.1` into 127.0.0.1 for us.
 */
export function judgeEgressUrl(url: URL, policy: EgressPolicy): EgressVerdict {
  const defaultPort = SCHEME_PORTS.get(url.protocol);
  if (defaultPort === undefined) return refuse(`scheme ${url.protocol.slice(0, -1)} is not https`);
  if (url.username !== '' || url.password !== '') return refuse('the URL carries credentials');
  const port = url.port === '' ? defaultPort : Number(url.port);
  const plain = url.protocol === 'http:';
  const audience: EgressAudience = plain || !policy.ports.has(port) ? 'allow-listed' : 'public';
  if (audience === 'allow-listed' && policy.allowed.length === 0) {
    return refuse(
      plain ? 'scheme http is not https' : `port ${port} is not one of ${[...policy.ports].join(', ')}`,
    );
  }
  const literal = literalOf(url.hostname);
  return literal === undefined ? { ok: true, audience } : judgeAddress(literal, policy, audience);
}

/**
 * Judges one IP address. IPv4 inside IPv6 (mapped or compatible) is judged as what it is.
 *
 * @param audience of the URL the address belongs to
 */
export function judgeAddress(
  address: string,
  policy: EgressPolicy,
  audience: EgressAudience = 'public',
): EgressVerdict {
  if (!ipaddr.isValid(address)) return refuse('the address is not an IP address');
  const parsed = ipaddr.process(address);
  if (policy.allowed.some(([network, bits]) => within(parsed, network, bits))) return { ok: true, audience };
  if (audience === 'allow-listed') return refuse(`address ${address} is not in the egress allow-list`);
  const range = parsed.range();
  if (range !== 'unicast') return refuse(`address ${address} is not public (${range})`);
  // Only 2000::/3 is assigned as global unicast (RFC 4291, section 2.4); the rest may mean anything tomorrow.
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6))
    return refuse(`address ${address} is not public`);
  return { ok: true, audience };
}

function refuse(reason: string): EgressVerdict {
  return { ok: false, reason };
}

function within(address: Address, network: Address, bits: number): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** `localhost` counts as its address (RFC 6761, section 6.3), so that it is refused when an endpoint is made. */
function literalOf(hostname: string): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return '127.0.0.1';
  return ipaddr.isValid(host) ? host : undefined;
}
