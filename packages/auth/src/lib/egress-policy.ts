import { AppError } from '@earshot/domain';
import ipaddr from 'ipaddr.js';

export type Cidr = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Where webhooks may go. Made by `createEgressPolicy`. */
export interface EgressPolicy {
  readonly allowed: readonly Cidr[];
  readonly ports: ReadonlySet<number>;
}

/** What widens or narrows the default, which is public addresses over https on ports 443 and 8443. */
export interface EgressPolicyOptions {
  /** Networks, in CIDR form, that may be reached although they are not public; there http and any port too. Default none. */
  readonly allowCidrs?: readonly string[];
  /** Ports that public targets may use. Default 443 and 8443. */
  readonly ports?: readonly number[];
}

const DEFAULT_PORTS = [443, 8443];

/** @throws AppError `auth.invalid-cidr` naming the entry that is none */
export function createEgressPolicy(options: EgressPolicyOptions = {}): EgressPolicy {
  return {
    allowed: (options.allowCidrs ?? []).map(parseCidr),
    ports: new Set(options.ports ?? DEFAULT_PORTS),
  };
}

function parseCidr(text: string): Cidr {
  // ipaddr.js reads `127/8` and `0x7f.0.0.0/8` as well: an allow-list should say what it means.
  const strict = text.includes(':')
    ? ipaddr.IPv6.isValidCIDR(text)
    : ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
  if (strict) return ipaddr.parseCIDR(text);
  const message = `Cannot parse egress allow-list: ${JSON.stringify(text)} is not a network such as 10.0.0.0/8`;
  throw new AppError('auth.invalid-cidr', message, { retryable: false });
}
