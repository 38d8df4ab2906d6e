import type { Endpoint as EndpointAnswer, EndpointAuth, EndpointWithSecret } from '@earshot/api';
import { describeOutboundAuth, type OutboundAuthConfig } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { Endpoint } from '@earshot/storage';

/** Whether anything is sent to an endpoint, as its publishers see it. */
export interface CircuitState {
  readonly state: 'closed' | 'open' | 'half-open';
  readonly openedAtMs?: number | undefined;
  readonly nextProbeAtMs?: number | undefined;
}

/** By endpoint id; who is missing is closed. */
export type ReadCircuits = (
  tenantId: string,
  endpointIds: readonly string[],
) => Promise<ReadonlyMap<string, CircuitState>>;

export interface PresentDeps {
  readonly readCircuits: ReadCircuits;
  readonly clock: Clock;
}

/** Endpoints of one tenant as the API shows them: how they authenticate, never with what. */
export async function presentEndpoints(
  { readCircuits, clock }: PresentDeps,
  tenantId: string,
  endpoints: readonly Endpoint[],
): Promise<EndpointAnswer[]> {
  if (endpoints.length === 0) return [];
  const ids = endpoints.map(({ endpointId }) => endpointId);
  const circuits = await readCircuits(tenantId, ids);
  return endpoints.map((endpoint) =>
    presentEndpoint(endpoint, circuits.get(endpoint.endpointId) ?? { state: 'closed' }, clock.now()),
  );
}

/** One endpoint, with a signing secret that is shown this once. */
export async function presentOne(
  deps: PresentDeps,
  endpoint: Endpoint,
  signingSecret?: string,
): Promise<EndpointWithSecret> {
  const circuits = await deps.readCircuits(endpoint.tenantId, [endpoint.endpointId]);
  const circuit = circuits.get(endpoint.endpointId) ?? { state: 'closed' };
  const answer = presentEndpoint(endpoint, circuit, deps.clock.now());
  return { ...answer, ...(signingSecret === undefined ? {} : { signingSecret }) };
}

function presentEndpoint(endpoint: Endpoint, circuit: CircuitState, nowMs: number): EndpointAnswer {
  const { stateReason, pausedAtMs, inFlightMax, ratePerSecondMax } = endpoint;
  return {
    id: endpoint.endpointId,
    name: endpoint.name,
    url: endpoint.url,
    enabled: endpoint.enabled,
    state: stateOf(endpoint),
    ...(stateReason === undefined ? {} : { stateReason }),
    ...(pausedAtMs === undefined ? {} : { pausedAt: isoTime(pausedAtMs) }),
    policy: endpoint.policy,
    pendingMax: endpoint.pendingMax,
    pendingAgeMaxMs: endpoint.pendingAgeMaxMs,
    timeoutMs: endpoint.timeoutMs,
    partials: endpoint.partials,
    headOfLine: endpoint.headOfLine,
    skipAfterAttempts: endpoint.skipAfterAttempts,
    ...(inFlightMax === undefined ? {} : { inFlightMax }),
    ...(ratePerSecondMax === undefined ? {} : { ratePerSecondMax }),
    operationalEvents: endpoint.operationalEvents,
    auth: endpoint.auth.map((config) => presentAuth(config, nowMs)),
    circuit: presentCircuit(circuit),
    createdAt: isoTime(endpoint.createdAtMs),
    updatedAt: isoTime(endpoint.updatedAtMs),
  };
}

function stateOf({ enabled, stateReason, pausedAtMs }: Endpoint): EndpointAnswer['state'] {
  if (!enabled || stateReason !== undefined) return 'disabled';
  return pausedAtMs === undefined ? 'active' : 'paused';
}

function presentCircuit({ state, openedAtMs, nextProbeAtMs }: CircuitState): EndpointAnswer['circuit'] {
  return {
    state,
    ...(openedAtMs === undefined ? {} : { openedAt: isoTime(openedAtMs) }),
    ...(nextProbeAtMs === undefined ? {} : { nextProbeAt: isoTime(nextProbeAtMs) }),
  };
}

function presentAuth(config: OutboundAuthConfig, nowMs: number): EndpointAuth {
  const described = describeOutboundAuth(config, nowMs);
  return described.type === 'ca' ? { ...described, certificates: [...described.certificates] } : described;
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
