import type { UpdateEndpointBody } from '@earshot/api';
import type { Endpoint } from '@earshot/storage';
import type { ChangedEndpoint, EndpointDeps } from './endpoint-deps.ts';
import { changedFields, findUnusedCertificates, findUrlProblems } from './endpoint-fields.ts';
import { findOwnEndpoint, type EndpointOwner } from './find-own-endpoint.ts';
import type { InvalidEndpoint } from './invalid-endpoint.ts';
import { prepareAuth } from './prepare-auth.ts';
import { changeUnlessOutrun, type Outrun } from './change-unless-outrun.ts';

export type UpdateEndpointOutcome = ChangedEndpoint | InvalidEndpoint | Outrun | { readonly type: 'unknown' };

/** Changes what is named and keeps the rest; `auth` replaces the strategies as a whole. */
export async function updateEndpoint(
  deps: EndpointDeps,
  owner: EndpointOwner,
  endpointId: string,
  input: UpdateEndpointBody,
): Promise<UpdateEndpointOutcome> {
  return await changeUnlessOutrun(async () => {
    const own = await findOwnEndpoint(deps.endpoints, owner, endpointId);
    return own === undefined ? { type: 'unknown' } : await updateOnce(deps, own, input);
  });
}

async function updateOnce(
  deps: EndpointDeps,
  own: Endpoint,
  input: UpdateEndpointBody,
): Promise<UpdateEndpointOutcome> {
  const problems = findUrlProblems(input.url, deps.egress);
  const prepared = input.auth === undefined ? undefined : await prepareAuth(deps, own, input.auth);
  if (prepared?.type === 'invalid') return { ...prepared, problems: [...problems, ...prepared.problems] };
  const isOtherTarget = input.url !== undefined || prepared !== undefined;
  const unused = isOtherTarget
    ? findUnusedCertificates(input.url ?? own.url, prepared?.auth ?? own.auth)
    : [];
  if (problems.length + unused.length > 0) return { type: 'invalid', problems: [...problems, ...unused] };
  const { tenantId, endpointId, updatedAtMs } = own;
  const endpoint = await deps.endpoints.update({
    tenantId,
    endpointId,
    fields: { ...changedFields(input), ...(prepared === undefined ? {} : { auth: prepared.auth }) },
    secrets: prepared?.secrets,
    ...(prepared === undefined ? {} : { keptKinds: prepared.keptKinds, ifUpdatedAtMs: updatedAtMs }),
    atMs: deps.clock.now(),
  });
  if (endpoint === undefined) return { type: 'outrun' };
  if (mayPutRight(input)) await deps.wake(tenantId, endpointId);
  return { type: 'changed', endpoint, signingSecret: prepared?.signingSecret };
}

/** Whether a target that failed may take messages after the change. */
function mayPutRight({ url, auth, enabled, timeoutMs }: UpdateEndpointBody): boolean {
  return url !== undefined || auth !== undefined || timeoutMs !== undefined || enabled === true;
}
