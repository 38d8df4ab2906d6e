import type { CircuitStore, StoredCircuit } from '@earshot/storage';
import { sampleEndpoint } from '@earshot/storage/testing';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { createCircuitBreaker, type Admission, type CircuitBreaker } from './circuit-breaker.ts';
import { CLOSED_CIRCUIT } from './circuit.ts';

const endpoint = sampleEndpoint({ endpointId: 'e' });
const PASS: Admission = { type: 'pass' };

/** A store of one circuit that several publishers share, and one clock for all. */
function setUp() {
  let nowMs = 1_000_000;
  let circuit: StoredCircuit | undefined;
  let failing = false;
  const statements: string[] = [];
  const told: string[] = [];
  const circuits: Pick<CircuitStore, 'read' | 'change'> = {
    async read() {
      statements.push('read');
      return new Map(circuit === undefined ? [] : [['e', circuit]]);
    },
    async change(_tenantId, _endpointId, decide) {
      statements.push('change');
      if (failing) throw new Error('The store is away');
      circuit = decide(circuit ?? CLOSED_CIRCUIT) ?? circuit ?? CLOSED_CIRCUIT;
      return circuit;
    },
  };
  const breaker = (): CircuitBreaker =>
    createCircuitBreaker({
      circuits,
      lanes: { endDeferrals: async () => void statements.push('endDeferrals') },
      events: {
        circuitOpened: async () => void told.push('opened'),
        circuitClosed: async () => void told.push('closed'),
      },
      clock: { now: () => nowMs },
      logger: createLogger({ app: 'test', level: 'silent' }),
    });
  return {
    breaker,
    statements,
    told,
    circuit: () => circuit,
    pass: (ms: number) => void (nowMs += ms),
    now: () => nowMs,
    fail: (now: boolean) => void (failing = now),
  };
}

async function reportAll(breaker: CircuitBreaker, count: number, outcome: 'refused' | 'unanswered') {
  for (let index = 0; index < count; index += 1) await breaker.report(endpoint, PASS, outcome);
}

describe('createCircuitBreaker', () => {
  it('costs one read in two seconds and nothing for a success', async () => {
    const { breaker, statements, pass } = setUp();
    const one = breaker();
    for (let index = 0; index < 50; index += 1) {
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          expect(await one.admit(endpoint)).toEqual(PASS);
          await one.report(endpoint, PASS, 'delivered');
        }),
      );
      pass(30);
    }
    expect(statements).toEqual(['read']);
    pass(2000);
    await one.admit(endpoint);
    expect(statements).toEqual(['read', 'read']);
  });

  it('opens by the failures of all publishers together, and for all of them within two seconds', async () => {
    const { breaker, told, now, pass } = setUp();
    const [one, two] = [breaker(), breaker()];
    await reportAll(one, 3, 'unanswered');
    expect(await two.admit(endpoint)).toEqual(PASS);
    await reportAll(two, 2, 'unanswered');
    expect(told).toEqual(['opened']);
    const untilMs = now() + 30_000;
    expect(await two.admit(endpoint)).toEqual({ type: 'wait', untilMs });
    expect(await one.admit(endpoint)).toEqual(PASS);
    pass(2000);
    expect(await one.admit(endpoint)).toEqual({ type: 'wait', untilMs });
    pass(10_000);
    expect(await one.admit(endpoint)).toEqual({ type: 'wait', untilMs });
  });

  it('is not kept closed by successes of long ago', async () => {
    const { breaker, circuit, pass } = setUp();
    const one = breaker();
    for (let index = 0; index < 5000; index += 1) await one.report(endpoint, PASS, 'delivered');
    pass(10_000);
    await reportAll(one, 10, 'refused');
    expect(circuit()?.state).toBe('open');
  });

  it('lets one of many publishers probe, and closes for all when the probe succeeds', async () => {
    const { breaker, told, statements, pass } = setUp();
    const all = [breaker(), breaker(), breaker()];
    const [one = breaker()] = all;
    await reportAll(one, 10, 'refused');
    pass(30_000);
    const admitted = await Promise.all(all.map((each) => each.admit(endpoint)));
    expect(admitted.map(({ type }) => type).toSorted()).toEqual(['probe', 'wait', 'wait']);
    const prober = all[admitted.findIndex(({ type }) => type === 'probe')] ?? one;
    await prober.report(endpoint, { type: 'probe' }, 'delivered');
    expect(told).toEqual(['opened', 'closed']);
    expect(statements.at(-1)).toBe('endDeferrals');
    pass(2000);
    expect(await Promise.all(all.map((each) => each.admit(endpoint)))).toEqual([PASS, PASS, PASS]);
  });

  it('opens longer after a probe that fails, and has lanes look again once a minute', async () => {
    const { breaker, circuit, pass, now } = setUp();
    const one = breaker();
    await reportAll(one, 10, 'refused');
    for (let probe = 0; probe < 4; probe += 1) {
      pass((circuit()?.nextProbeAtMs ?? 0) - now());
      await one.report(endpoint, await one.admit(endpoint), 'refused');
    }
    expect((circuit()?.nextProbeAtMs ?? 0) - now()).toBe(480_000);
    expect(await one.admit(endpoint)).toEqual({ type: 'wait', untilMs: now() + 60_000 });
  });

  it('probes at once when the endpoint was changed', async () => {
    const { breaker, circuit } = setUp();
    const one = breaker();
    expect(await one.admit(endpoint)).toEqual(PASS);
    await reportAll(one, 10, 'refused');
    expect(await one.admit(endpoint)).toMatchObject({ type: 'wait' });
    const changed = sampleEndpoint({ endpointId: 'e', updatedAtMs: 1 });
    expect(await one.admit(changed)).toEqual({ type: 'probe' });
    expect(await one.admit(changed)).toMatchObject({ type: 'wait' });
    await one.report(changed, { type: 'probe' }, 'delivered');
    expect(circuit()?.state).toBe('closed');
  });

  it('counts nothing of attempts that ended after it opened', async () => {
    const { breaker, circuit } = setUp();
    const one = breaker();
    await reportAll(one, 10, 'refused');
    const open = circuit();
    await reportAll(one, 20, 'refused');
    await one.report(endpoint, PASS, 'delivered');
    expect(circuit()).toEqual(open);
  });

  it('does without a count that cannot be stored', async () => {
    const { breaker, circuit, fail } = setUp();
    const one = breaker();
    fail(true);
    await reportAll(one, 10, 'refused');
    fail(false);
    expect(await one.admit(endpoint)).toEqual(PASS);
    expect(circuit()).toBeUndefined();
  });
});
