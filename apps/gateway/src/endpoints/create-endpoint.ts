import { randomUUID } from 'node:crypto';
import type { CreateEndpointBody } from '@earshot/api';
import { ENDPOINT_DEFAULTS, findUnusedCertificates, findUrlProblems } from './endpoint-fields.ts';
import type { ChangedEndpoint, EndpointDeps } from './endpoint-deps.ts';
import type { EndpointOwner } from './find-own-endpoint.ts';
import type { InvalidEndpoint } from './invalid-endpoint.ts';
import { prepareAuth } from './prepare-auth.ts';

/** Stores a new endpoint; its secrets are sealed before they reach the store and never read back here. */
export async function createEndpoint(
  deps: EndpointDeps,
  { tenantId, appId }: EndpointOwner,
  input: CreateEndpointBody,
): Promise<ChangedEndpoint | InvalidEndpoint> {
  const problems = findUrlProblems(input.url, deps.egress);
  const endpointId = randomUUID();
  const prepared = await prepareAuth(deps, { tenantId, endpointId, auth: [] }, input.auth);
  if (prepared.type === 'invalid') return { ...prepared, problems: [...problems, ...prepared.problems] };
  const unused = findUnusedCertificates(input.url, prepared.auth);
  if (problems.length + unused.length > 0) return { type: 'invalid', problems: [...problems, ...unused] };
  const { auth, secrets, signingSecret } = prepared;
  const { inFlightMax, ratePerSecondMax } = input;
  const endpoint = await deps.endpoints.create({
    tenantId,
    appId,
    endpointId,
    fields: {
      name: input.name,
      url: input.url,
      enabled: input.enabled ?? ENDPOINT_DEFAULTS.enabled,
      policy: input.policy ?? ENDPOINT_DEFAULTS.policy,
      pendingMax: input.pendingMax ?? ENDPOINT_DEFAULTS.pendingMax,
      pendingAgeMaxMs: input.pendingAgeMaxMs ?? ENDPOINT_DEFAULTS.pendingAgeMaxMs,
      timeoutMs: input.timeoutMs ?? ENDPOINT_DEFAULTS.timeoutMs,
      auth,
      partials: input.partials ?? ENDPOINT_DEFAULTS.partials,
      headOfLine: input.headOfLine ?? ENDPOINT_DEFAULTS.headOfLine,
      skipAfterAttempts: input.skipAfterAttempts ?? ENDPOINT_DEFAULTS.skipAfterAttempts,
      operationalEvents: input.operationalEvents ?? ENDPOINT_DEFAULTS.operationalEvents,
      inFlightMax,
      ratePerSecondMax,
    },
    secrets,
    atMs: deps.clock.now(),
  });
  return { type: 'changed', endpoint, signingSecret };
}
