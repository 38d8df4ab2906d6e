import type { Endpoint } from '@earshot/storage';

/** A durable endpoint as the store answers it. */
export function durableEndpoint(change: Partial<Endpoint> = {}): Endpoint {
  return {
    tenantId: 't',
    appId: 'a',
    endpointId: 'e',
    name: 'test',
    url: 'https://example.com/',
    enabled: true,
    stateReason: undefined,
    policy: 'durable',
    pendingMax: 100,
    pendingAgeMaxMs: 30_000,
    timeoutMs: 5000,
    auth: [],
    partials: false,
    headOfLine: 'block',
    skipAfterAttempts: 5,
    inFlightMax: undefined,
    ratePerSecondMax: undefined,
    operationalEvents: false,
    pausedAtMs: undefined,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...change,
  };
}
