import { randomUUID } from 'node:crypto';
import type { CreateEndpointBody, Problem } from '@earshot/api';
import type { EgressPolicy } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { Endpoint, EndpointStore } from '@earshot/storage';
import { authList, ENDPOINT_DEFAULTS, findEndpointProblems } from './endpoint-fields.ts';
import type { EndpointOwner } from './find-own-endpoint.ts';
import { sealAuth, type SealText } from './seal-auth.ts';

export interface EndpointDeps {
  readonly endpoints: EndpointStore;
  readonly seal: SealText;
  readonly egress: EgressPolicy;
  readonly clock: Clock;
}

export interface InvalidEndpoint {
  readonly type: 'invalid';
  readonly problems: readonly Problem[];
}

/** Stores a new endpoint; its secret is sealed before it reaches the store and never read back here. */
export async function createEndpoint(
  deps: EndpointDeps,
  owner: EndpointOwner,
  input: CreateEndpointBody,
): Promise<{ readonly type: 'created'; readonly endpoint: Endpoint } | InvalidEndpoint> {
  const problems = findEndpointProblems(input, deps.egress);
  if (problems.length > 0) return { type: 'invalid', problems };
  const endpointId = randomUUID();
  const secrets = await sealAuth(deps.seal, { tenantId: owner.tenantId, endpointId }, input.auth ?? null);
  const endpoint = await deps.endpoints.create({
    tenantId: owner.tenantId,
    appId: owner.appId,
    endpointId,
    fields: {
      name: input.name,
      url: input.url,
      enabled: input.enabled ?? ENDPOINT_DEFAULTS.enabled,
      policy: input.policy ?? ENDPOINT_DEFAULTS.policy,
      pendingMax: input.pendingMax ?? ENDPOINT_DEFAULTS.pendingMax,
      pendingAgeMaxMs: input.pendingAgeMaxMs ?? ENDPOINT_DEFAULTS.pendingAgeMaxMs,
      timeoutMs: input.timeoutMs ?? ENDPOINT_DEFAULTS.timeoutMs,
      auth: authList(input.auth),
      partials: input.partials ?? ENDPOINT_DEFAULTS.partials,
    },
    secrets,
    atMs: deps.clock.now(),
  });
  return { type: 'created', endpoint };
}
