import { describe, expect, it } from 'vitest';
import type { StoredCircuit } from '../../stores/circuits.ts';
import { newAccount, newEndpoint, T0, useStorage } from '../../testing/fixture.ts';

const fixture = useStorage();
const CLOSED: StoredCircuit = {
  state: 'closed',
  openedAtMs: undefined,
  nextProbeAtMs: undefined,
  openedCount: 0,
  connectionFailuresInRow: 0,
  counts: [],
};
const OPEN: StoredCircuit = {
  state: 'open',
  openedAtMs: T0,
  nextProbeAtMs: T0 + 30_000,
  openedCount: 1,
  connectionFailuresInRow: 5,
  counts: [{ startedAtMs: T0, attemptCount: 6, failureCount: 5 }],
};

async function endpointOf() {
  const { tenantId, appId } = await newAccount(fixture);
  const endpointId = await newEndpoint(fixture.storage, { tenantId, appId });
  return { tenantId, endpointId, circuits: fixture.storage.circuits };
}

describe('CircuitStore.change', () => {
  it('begins closed, keeps what is decided and is read by endpoint', async () => {
    const { tenantId, endpointId, circuits } = await endpointOf();
    expect(await circuits.read(tenantId, [endpointId])).toEqual(new Map());
    const seen: StoredCircuit[] = [];
    const stored = await circuits.change(tenantId, endpointId, (circuit) => {
      seen.push(circuit);
      return OPEN;
    });
    expect(seen).toEqual([CLOSED]);
    expect(stored).toEqual(OPEN);
    expect(await circuits.read(tenantId, [endpointId, 'another'])).toEqual(new Map([[endpointId, OPEN]]));
    expect(await circuits.change(tenantId, endpointId, () => undefined)).toEqual(OPEN);
  });

  it('takes the changes of many at once one after the other', async () => {
    const { tenantId, endpointId, circuits } = await endpointOf();
    const count = (circuit: StoredCircuit): StoredCircuit => ({
      ...circuit,
      openedCount: circuit.openedCount + 1,
    });
    await Promise.all(Array.from({ length: 20 }, () => circuits.change(tenantId, endpointId, count)));
    expect((await circuits.read(tenantId, [endpointId])).get(endpointId)?.openedCount).toBe(20);
  });

  it('keeps nothing for an endpoint that is gone, nor for one of another tenant', async () => {
    const { tenantId, endpointId, circuits } = await endpointOf();
    expect(await circuits.change('another', endpointId, () => OPEN)).toBeUndefined();
    await circuits.change(tenantId, endpointId, () => OPEN);
    await fixture.storage.endpoints.delete(tenantId, endpointId);
    expect(await circuits.read(tenantId, [endpointId])).toEqual(new Map());
  });
});
