import type { Endpoint as EndpointAnswer } from '@earshot/api';
import type { Endpoint } from '@earshot/storage';

/** An endpoint as the API shows it: where credentials stand, never what they are. */
export function presentEndpoint(endpoint: Endpoint): EndpointAnswer {
  const [auth] = endpoint.auth;
  const active = endpoint.enabled && endpoint.stateReason === undefined;
  return {
    id: endpoint.endpointId,
    name: endpoint.name,
    url: endpoint.url,
    enabled: endpoint.enabled,
    state: active ? 'active' : 'disabled',
    ...(endpoint.stateReason === undefined ? {} : { stateReason: endpoint.stateReason }),
    policy: endpoint.policy,
    pendingMax: endpoint.pendingMax,
    pendingAgeMaxMs: endpoint.pendingAgeMaxMs,
    timeoutMs: endpoint.timeoutMs,
    ...(auth === undefined ? {} : { auth: { type: auth.type, name: auth.name, in: auth.in } }),
    partials: endpoint.partials,
    createdAt: new Date(endpoint.createdAtMs).toISOString(),
    updatedAt: new Date(endpoint.updatedAtMs).toISOString(),
  };
}
