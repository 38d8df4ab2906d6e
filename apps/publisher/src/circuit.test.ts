import type { StoredCircuit } from '@earshot/storage';
import { describe, expect, it } from 'vitest';
import { afterAttempts, afterProbe, CLOSED_CIRCUIT, PROBE_MS_MAX, takeProbe } from './circuit.ts';

const T0 = Date.UTC(2026, 10, 23);
const answered = (attemptCount: number, failureCount: number) => ({
  attemptCount,
  failureCount,
  unansweredInRow: 0,
});
const unanswered = { attemptCount: 1, failureCount: 1, unansweredInRow: 1 };

describe('afterAttempts', () => {
  const cases: readonly {
    given: readonly [atMs: number, attempts: number, failures: number][];
    want: StoredCircuit['state'];
  }[] = [
    { given: [[0, 9, 9]], want: 'closed' },
    { given: [[0, 10, 7]], want: 'open' },
    { given: [[0, 10, 6]], want: 'closed' },
    { given: [[0, 100, 69]], want: 'closed' },
    { given: [[0, 100, 70]], want: 'open' },
    {
      given: [
        [0, 5, 5],
        [20_000, 3, 3],
        [59_000, 2, 2],
      ],
      want: 'open',
    },
    {
      given: [
        [0, 5, 5],
        [61_000, 5, 5],
      ],
      want: 'closed',
    },
    {
      given: [
        [0, 1000, 0],
        [61_000, 10, 10],
      ],
      want: 'open',
    },
  ];
  it.each(cases)('is $want after $given (ms, attempts, failures)', ({ given, want }) => {
    const circuit = given.reduce(
      (so, [atMs, attempts, failures]) => afterAttempts(so, answered(attempts, failures), T0 + atMs),
      CLOSED_CIRCUIT,
    );
    expect(circuit.state).toBe(want);
  });

  it('opens at the fifth attempt in a row without an answer, whoever made them', () => {
    let circuit = CLOSED_CIRCUIT;
    for (let count = 1; count <= 4; count += 1) {
      circuit = afterAttempts(circuit, unanswered, T0 + count);
      expect(circuit.state).toBe('closed');
    }
    expect(afterAttempts(circuit, unanswered, T0 + 5).state).toBe('open');
    expect(afterAttempts(circuit, answered(1, 1), T0 + 5)).toMatchObject({
      state: 'closed',
      connectionFailuresInRow: 0,
    });
    expect(
      afterAttempts(circuit, { attemptCount: 2, failureCount: 1, unansweredInRow: 1 }, T0 + 5),
    ).toMatchObject({
      state: 'closed',
      connectionFailuresInRow: 1,
    });
  });

  it('keeps no more counts than the window holds', () => {
    let circuit = CLOSED_CIRCUIT;
    for (let second = 0; second < 600; second += 1)
      circuit = afterAttempts(circuit, answered(1, 0), T0 + second * 1000);
    expect(circuit.counts.length).toBeLessThanOrEqual(6);
  });

  it('counts nothing while it is not closed', () => {
    const open = afterAttempts(CLOSED_CIRCUIT, answered(10, 10), T0);
    expect(afterAttempts(open, answered(50, 50), T0 + 1)).toBe(open);
  });
});

describe('takeProbe and afterProbe', () => {
  const open = afterAttempts(CLOSED_CIRCUIT, answered(10, 10), T0);

  it('gives one probe when the time has come, and another when the first was lost', () => {
    expect(takeProbe(CLOSED_CIRCUIT, T0)).toBeUndefined();
    expect(takeProbe(open, T0 + 29_999)).toBeUndefined();
    const probing = takeProbe(open, T0 + 30_000) ?? CLOSED_CIRCUIT;
    expect(probing.state).toBe('half-open');
    expect(takeProbe(probing, T0 + 30_000)).toBeUndefined();
    expect(takeProbe(probing, T0 + 30_000 + PROBE_MS_MAX)).toMatchObject({ state: 'half-open' });
  });

  it('waits twice as long after each probe that fails, up to ten minutes, and keeps when it opened', () => {
    let circuit = open;
    const waits: number[] = [];
    for (let probe = 0; probe < 7; probe += 1) {
      const atMs = circuit.nextProbeAtMs ?? 0;
      circuit = afterProbe(takeProbe(circuit, atMs) ?? CLOSED_CIRCUIT, false, atMs);
      waits.push(((circuit.nextProbeAtMs ?? 0) - atMs) / 1000);
    }
    expect(waits).toEqual([60, 120, 240, 480, 600, 600, 600]);
    expect(circuit).toMatchObject({ state: 'open', openedAtMs: T0 });
  });

  it('closes as new after a probe that succeeds', () => {
    const probing = takeProbe(open, T0 + 30_000) ?? CLOSED_CIRCUIT;
    expect(afterProbe(probing, true, T0 + 30_100)).toEqual(CLOSED_CIRCUIT);
    expect(afterProbe(CLOSED_CIRCUIT, false, T0)).toBe(CLOSED_CIRCUIT);
  });
});
