import { rotateSigningSecret } from '@earshot/auth';
import type { Endpoint } from '@earshot/storage';
import { changeUnlessOutrun, type Outrun } from './change-unless-outrun.ts';
import type { ChangedEndpoint, EndpointDeps } from './endpoint-deps.ts';
import { findOwnEndpoint, type EndpointOwner } from './find-own-endpoint.ts';
import { sealSecret } from './prepare-auth.ts';

export type RotateOutcome =
  ChangedEndpoint | Outrun | { readonly type: 'unknown' } | { readonly type: 'unsigned' };

/** A new signing secret; the one before signs too for `overlapMs`. */
export async function rotateEndpointSecret(
  deps: EndpointDeps,
  owner: EndpointOwner,
  endpointId: string,
  overlapMs: number,
): Promise<RotateOutcome> {
  return await changeUnlessOutrun(async () => {
    const own = await findOwnEndpoint(deps.endpoints, owner, endpointId);
    return own === undefined ? { type: 'unknown' } : await rotateOnce(deps, own, overlapMs);
  });
}

async function rotateOnce(deps: EndpointDeps, own: Endpoint, overlapMs: number): Promise<RotateOutcome> {
  const { tenantId, endpointId } = own;
  const atMs = deps.clock.now();
  const rotated = rotateSigningSecret(own.auth, overlapMs, atMs);
  if (rotated === undefined) return { type: 'unsigned' };
  const stored = await deps.endpoints.getSecrets(tenantId, endpointId);
  const kinds = stored.map(({ kind }) => kind);
  const endpoint = await deps.endpoints.update({
    tenantId,
    endpointId,
    fields: { auth: rotated.configs },
    secrets: [await sealSecret(deps.seal, own, rotated.secret)],
    keptKinds: kinds.filter((kind) => !rotated.expiredKinds.includes(kind)),
    ifUpdatedAtMs: own.updatedAtMs,
    atMs,
  });
  if (endpoint === undefined) return { type: 'outrun' };
  return { type: 'changed', endpoint, signingSecret: rotated.secret.value };
}
