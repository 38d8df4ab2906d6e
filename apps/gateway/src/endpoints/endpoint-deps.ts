import type { EgressPolicy } from '@earshot/auth';
import type { Clock } from '@earshot/domain';
import type { Endpoint, EndpointStore } from '@earshot/storage';
import type { SealText } from './prepare-auth.ts';
import type { ReadCircuits } from './present-endpoint.ts';
import type { WakeEndpoint } from './wake-endpoint.ts';

export interface EndpointDeps {
  readonly endpoints: EndpointStore;
  readonly readCircuits: ReadCircuits;
  readonly wake: WakeEndpoint;
  readonly seal: SealText;
  readonly egress: EgressPolicy;
  readonly clock: Clock;
}

/** An endpoint after a change, with the signing secret when the change made one. */
export interface ChangedEndpoint {
  readonly type: 'changed';
  readonly endpoint: Endpoint;
  readonly signingSecret: string | undefined;
}
