import type { EndpointAuthInput, Problem, UpdateEndpointBody } from '@earshot/api';
import {
  prepareOutboundAuth,
  type EgressPolicy,
  type OutboundAuthConfig,
  type OutboundSecret,
} from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { SealedEndpointSecret } from '@earshot/storage';
import type { InvalidEndpoint } from './invalid-endpoint.ts';

/** Seals a text for one record of one tenant; only the same record of the same tenant opens it. */
export type SealText = (tenantId: string, recordId: string, text: string) => Promise<Uint8Array>;

/** The strategies of an endpoint as they are stored. */
export interface PreparedAuth {
  readonly type: 'prepared';
  readonly auth: readonly OutboundAuthConfig[];
  readonly secrets: readonly SealedEndpointSecret[];
  /** Kinds of stored secrets that go on being used. */
  readonly keptKinds: readonly string[];
  /** To be shown once. */
  readonly signingSecret: string | undefined;
}

export interface PrepareAuthDeps {
  readonly seal: SealText;
  readonly egress: EgressPolicy;
  readonly clock: Clock;
}

/** The endpoint whose secrets are sealed, and the strategies it has. */
export interface AuthOwner {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly auth: readonly OutboundAuthConfig[];
}

/** Looks at the strategies that are given, certificates included, and seals their secrets. */
export async function prepareAuth(
  { seal, egress, clock }: PrepareAuthDeps,
  owner: AuthOwner,
  given: UpdateEndpointBody['auth'],
): Promise<PreparedAuth | InvalidEndpoint> {
  const prepared = prepareOutboundAuth(listOf(given), clock.now(), { current: owner.auth, egress });
  if (!prepared.ok) {
    const problems = prepared.problems.map(({ pointer, message }) => ({
      pointer: `/auth${Array.isArray(given) ? pointer : pointer.replace(/^\/0/, '')}`,
      message,
    }));
    return { type: 'invalid', problems: problems satisfies Problem[] };
  }
  return {
    type: 'prepared',
    auth: prepared.configs,
    secrets: await Promise.all(prepared.secrets.map((secret) => sealSecret(seal, owner, secret))),
    keptKinds: prepared.keptKinds,
    signingSecret: prepared.generated.signingSecret,
  };
}

/** Seals a secret under the record id `endpoint:<endpointId>:<kind>`. */
export async function sealSecret(
  seal: SealText,
  { tenantId, endpointId }: { readonly tenantId: string; readonly endpointId: string },
  { kind, value }: OutboundSecret,
): Promise<SealedEndpointSecret> {
  return { kind, sealed: await seal(tenantId, `endpoint:${endpointId}:${kind}`, value) };
}

function listOf(given: UpdateEndpointBody['auth']): readonly EndpointAuthInput[] {
  if (given === undefined || given === null) return [];
  return Array.isArray(given) ? given : [given];
}
