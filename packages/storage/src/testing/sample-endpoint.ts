import type { Endpoint } from '../stores/endpoints.ts';

export const SAMPLE_ENDPOINT_ID = '3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11';

/** A durable endpoint as the store answers it, without secrets, of `tenant-1` and `app-1`. */
export function sampleEndpoint(change: Partial<Endpoint> = {}): Endpoint {
  return {
    tenantId: 'tenant-1',
    appId: 'app-1',
    endpointId: SAMPLE_ENDPOINT_ID,
    name: 'agent assist',
    url: 'https://transcripts.example.com/hook',
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
