import { describe, expect, it } from 'vitest';
import type { CallMediaStart } from './call-media.ts';
import type { NumberedHead } from './connection-aim.ts';
import { StartPositions, type NextStep } from './start-positions.ts';

/** `SERVER_TIMESTAMP 1000`, `probe FRAGMENT_NUMBER 7`. */
function brief(step: NextStep): string {
  if (step.type === 'lookup') return `lookup ${step.lookup.fragmentNumber}`;
  const { selector, isProbe, reach } = step.position;
  const { StartSelectorType, AfterFragmentNumber, StartTimestamp } = selector;
  const value = AfterFragmentNumber ?? StartTimestamp?.getTime();
  const words = [isProbe === true ? 'probe' : '', StartSelectorType, value ?? ''];
  return [...words, reach === undefined ? '' : `to ${reach}`].filter((word) => word !== '').join(' ');
}

const HEAD: NumberedHead = {
  fragmentNumber: '42',
  number: 42n,
  isDamaged: false,
  serverTimestampMs: 9000,
  producerTimestampMs: 9000,
  clusterMs: 9000,
  contactId: 'c',
  roles: new Set(),
};

const acceptedAtMs = 100_000;
const table: { given: string; start: CallMediaStart; want: string[] }[] = [
  {
    given: 'NOW',
    start: { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs },
    want: ['SERVER_TIMESTAMP 100000', 'NOW'],
  },
  {
    given: 'a named fragment',
    start: {
      type: 'selector',
      selector: { type: 'FRAGMENT_NUMBER', afterFragmentNumber: '7' },
      acceptedAtMs,
    },
    want: [
      'SERVER_TIMESTAMP 88000 to 7',
      'probe FRAGMENT_NUMBER 7',
      'lookup 7',
      'SERVER_TIMESTAMP 88000',
      'NOW',
    ],
  },
  {
    given: 'a fragment to resume at',
    start: {
      type: 'resume',
      fromFragmentNumber: '7',
      fromProducerTimestampMs: 50_000,
      latchedContactId: 'c',
    },
    want: ['PRODUCER_TIMESTAMP 38000 to 7', 'probe FRAGMENT_NUMBER 7', 'PRODUCER_TIMESTAMP 38000', 'NOW'],
  },
  {
    given: 'a fragment to resume at whose time is not known',
    start: { type: 'resume', fromFragmentNumber: '7', latchedContactId: 'c' },
    want: ['probe FRAGMENT_NUMBER 7', 'NOW'],
  },
];

describe('StartPositions', () => {
  it.each(table)('has places to begin for $given, the best first', ({ start, want }) => {
    const positions = new StartPositions(start);
    const got = want.map(() => {
      const position = brief(positions.next({}));
      positions.skip();
      return position;
    });
    expect(got).toEqual(want);
    expect(brief(positions.next({}))).toBe(want[0]);
  });

  it('begins 12 s before what a probe found', () => {
    const positions = new StartPositions({ type: 'resume', fromFragmentNumber: '7', latchedContactId: 'c' });
    positions.probed({ ...HEAD, producerTimestampMs: 50_000 });
    expect(brief(positions.next({}))).toBe('PRODUCER_TIMESTAMP 38000');
  });

  it('asks the archive when the place of a named fragment cannot be found by time, and goes on without it', () => {
    const selector = { type: 'FRAGMENT_NUMBER', afterFragmentNumber: '7' } as const;
    const positions = new StartPositions({ type: 'selector', selector, acceptedAtMs });
    positions.skip();
    positions.probed({ ...HEAD, producerTimestampMs: 50_000 });
    expect(brief(positions.next({}))).toBe('PRODUCER_TIMESTAMP 38000 to 7');
    positions.skip();
    expect(brief(positions.next({}))).toBe('lookup 7');
    positions.found(undefined);
    expect(brief(positions.next({}))).toBe('PRODUCER_TIMESTAMP 38000');
  });

  it('begins behind the predecessor that the archive knows', () => {
    const selector = { type: 'FRAGMENT_NUMBER', afterFragmentNumber: '7' } as const;
    const positions = new StartPositions({ type: 'selector', selector, acceptedAtMs });
    positions.skip();
    positions.skip();
    positions.found('6');
    expect(brief(positions.next({}))).toBe('FRAGMENT_NUMBER 6');
  });

  it('reads a fragment that broke off from a margin before it', () => {
    const positions = new StartPositions({ type: 'selector', selector: { type: 'NOW' }, acceptedAtMs });
    expect(brief(positions.next({ newestGiven: { ...HEAD, producerTimestampMs: 50_000 } }))).toBe(
      'PRODUCER_TIMESTAMP 38000 to 42',
    );
  });

  it('goes on after the last complete fragment, then at its time', () => {
    const positions = new StartPositions({ type: 'selector', selector: { type: 'NOW' }, acceptedAtMs });
    expect(brief(positions.next({ lastComplete: HEAD }))).toBe('FRAGMENT_NUMBER 42');
    expect([positions.refused(), positions.refused(), positions.refused()]).toEqual([false, false, true]);
    expect(brief(positions.next({ lastComplete: HEAD }))).toBe('SERVER_TIMESTAMP 9000');
  });

  it('goes on behind the margin it has read, and behind nothing older', () => {
    const positions = new StartPositions({ type: 'resume', fromFragmentNumber: '50', latchedContactId: 'c' });
    expect(brief(positions.next({ margin: HEAD }))).toBe('FRAGMENT_NUMBER 42');
    expect(brief(positions.next({ margin: { ...HEAD, fragmentNumber: '43' } }))).toBe('FRAGMENT_NUMBER 43');
  });
});
