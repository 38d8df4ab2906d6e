import type { UpdateEndpointBody } from '@earshot/api';
import type { Endpoint, EndpointFields } from '@earshot/storage';
import type { EndpointDeps, InvalidEndpoint } from './create-endpoint.ts';
import { authList, findEndpointProblems } from './endpoint-fields.ts';
import { findOwnEndpoint, type EndpointOwner } from './find-own-endpoint.ts';
import { sealAuth } from './seal-auth.ts';

export type UpdateEndpointOutcome =
  { readonly type: 'updated'; readonly endpoint: Endpoint } | { readonly type: 'unknown' } | InvalidEndpoint;

/** Changes what is named and keeps the rest; `auth` replaces the credentials as a whole. */
export async function updateEndpoint(
  deps: EndpointDeps,
  owner: EndpointOwner,
  endpointId: string,
  input: UpdateEndpointBody,
): Promise<UpdateEndpointOutcome> {
  const problems = findEndpointProblems(input, deps.egress);
  if (problems.length > 0) return { type: 'invalid', problems };
  const own = await findOwnEndpoint(deps.endpoints, owner, endpointId);
  if (own === undefined) return { type: 'unknown' };
  const { tenantId } = own;
  const secrets = input.auth === undefined ? undefined : await sealAuth(deps.seal, own, input.auth);
  const fields = changedFields(input);
  const atMs = deps.clock.now();
  const endpoint = await deps.endpoints.update({ tenantId, endpointId, fields, secrets, atMs });
  return endpoint === undefined ? { type: 'unknown' } : { type: 'updated', endpoint };
}

function changedFields(input: UpdateEndpointBody): Partial<EndpointFields> {
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.url === undefined ? {} : { url: input.url }),
    ...(input.enabled === undefined ? {} : { enabled: input.enabled }),
    ...(input.policy === undefined ? {} : { policy: input.policy }),
    ...(input.pendingMax === undefined ? {} : { pendingMax: input.pendingMax }),
    ...(input.pendingAgeMaxMs === undefined ? {} : { pendingAgeMaxMs: input.pendingAgeMaxMs }),
    ...(input.timeoutMs === undefined ? {} : { timeoutMs: input.timeoutMs }),
    ...(input.auth === undefined ? {} : { auth: authList(input.auth) }),
    ...(input.partials === undefined ? {} : { partials: input.partials }),
  };
}
