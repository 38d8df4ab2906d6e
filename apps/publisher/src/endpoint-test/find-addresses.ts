import { beforeAbort } from '@earshot/domain';
import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { judgeAddress, type EgressAudience, type EgressPolicy } from '@earshot/auth';
import type { ResolveName } from '../guarded-connector.ts';
import { codeOf, type TestFailure } from './test-failure.ts';

export interface FindAddressesOptions {
  readonly policy: EgressPolicy;
  readonly audience: EgressAudience;
  readonly deadline: AbortSignal;
  readonly resolve: ResolveName | undefined;
}

export type FoundAddresses = { readonly addresses: readonly LookupAddress[] } | TestFailure;

/** Every address of the host, each judged as the guard of real messages judges it. */
export async function findAddresses(host: string, options: FindAddressesOptions): Promise<FoundAddresses> {
  const { policy, audience, deadline, resolve = lookup } = options;
  const family = isIP(host);
  if (family !== 0) return { addresses: [{ address: host, family }] };
  // As in the guard: RFC 6761, section 6.3.
  if (/(^|\.)localhost\.?$/i.test(host)) return { addresses: [{ address: '127.0.0.1', family: 4 }] };
  try {
    const addresses = await beforeAbort(resolved(host, resolve), deadline);
    const refused = addresses
      .map(({ address }) => judgeAddress(address, policy, audience))
      .find(({ ok }) => !ok);
    return refused === undefined || refused.ok ? { addresses } : refusedAddress(refused.reason);
  } catch (error) {
    return unresolved(host, deadline.aborted ? 'no answer in time' : codeOf(error));
  }
}

function resolved(host: string, resolve: ResolveName): Promise<readonly LookupAddress[]> {
  return new Promise((done, fail) => {
    resolve(host, { all: true }, (error, addresses) => (error === null ? done(addresses) : fail(error)));
  });
}

function refusedAddress(reason: string): TestFailure {
  const remedy =
    'Use a host with public addresses, or have the deployment allow this one (EARSHOT_EGRESS_ALLOW)';
  return { stage: 'dns', error: `Cannot connect: ${reason}`, remedy };
}

function unresolved(host: string, reason: string): TestFailure {
  const remedy = 'Check the spelling of the host in url, and that its DNS record exists and is public';
  return { stage: 'dns', error: `Cannot find the address of ${host} (${reason})`, remedy };
}
