import type { Clock } from '@earshot/domain';
import type { CircuitStore, LaneStore } from '@earshot/storage';

/** Has the messages of an endpoint that wait looked at now. */
export type WakeEndpoint = (tenantId: string, endpointId: string) => Promise<void>;

/**
 * After a change that may have put an endpoint right: a circuit that is open tries one message now, and lanes that wait for
 * it are looked at again. The schedule of a message that failed stays as it is.
 */
export function createWakeEndpoint(
  circuits: Pick<CircuitStore, 'change'>,
  lanes: Pick<LaneStore, 'endDeferrals'>,
  clock: Clock,
): WakeEndpoint {
  return async (tenantId, endpointId) => {
    const nowMs = clock.now();
    await circuits.change(tenantId, endpointId, (circuit) =>
      circuit.state === 'open' ? { ...circuit, nextProbeAtMs: nowMs } : undefined,
    );
    await lanes.endDeferrals(tenantId, endpointId);
  };
}
