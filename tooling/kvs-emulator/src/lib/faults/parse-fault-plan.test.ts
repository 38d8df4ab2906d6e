import { describe, expect, it } from 'vitest';
import { parseFaultPlan, parseFaultPlans } from './parse-fault-plan.ts';

const fragments = { every: 7 };

describe('parseFaultPlan', () => {
  it.each([
    { kind: 'refuse', error: 'throttled', operation: 'ListFragments', times: 3 },
    { kind: 'repeat-on-reconnect', fragments: 2 },
    { kind: 'missing', fragments: { ordinals: [3, 4] } },
    { kind: 'clock-skew', serverAheadMs: -5000, fragments },
    { kind: 'encoding', crc32: true, fragments },
    { kind: 'damage', how: 'random', bytes: 9, seed: 1, fragments: { every: 2, offset: 1 } },
  ])('takes $kind as it is', (fault) => {
    expect(parseFaultPlan({ streamName: '*', faults: [fault] }).faults).toEqual([fault]);
  });

  it.each([
    { given: null, want: 'plan is not an object' },
    { given: { streamName: '', faults: [] }, want: 'plan.streamName is not the name of a stream or *' },
    { given: { streamName: 's', faults: {} }, want: 'plan.faults is not an array' },
    { given: { streamName: 's', faults: [], x: 1 }, want: 'plan.x is unknown' },
    { given: one({ kind: 'melt' }), want: 'plan.faults[0].kind is none of refuse, cut' },
    { given: one({ kind: 'cut' }), want: 'plan.faults[0].afterBytes is missing' },
    { given: one({ kind: 'cut', afterBytes: 1, after: 2 }), want: 'plan.faults[0].after is unknown' },
    { given: one({ kind: 'refuse', error: 'tired' }), want: 'plan.faults[0].error is none of not-found' },
    { given: one({ kind: 'missing' }), want: 'plan.faults[0].fragments is neither' },
    {
      given: one({ kind: 'missing', fragments: { every: 0 } }),
      want: 'fragments.every is not a whole number',
    },
    { given: one({ kind: 'missing', fragments: { ordinals: ['1'] } }), want: 'fragments.ordinals[0] is not' },
    { given: one({ kind: 'encoding', void: false, fragments }), want: 'faults[0].void is not true' },
    {
      given: one({ kind: 'foreign-contact', contactId: '', fragments }),
      want: 'faults[0].contactId is not a text',
    },
  ])('refuses $want', ({ given, want }) => {
    expect(() => parseFaultPlan(given)).toThrow(want);
  });
});

describe('parseFaultPlans', () => {
  it('names the plan that is wrong', () => {
    const plans = [
      { streamName: 's', faults: [] },
      { streamName: 't', faults: [1] },
    ];
    expect(() => parseFaultPlans(plans)).toThrow('plans[1].faults[0] is not an object');
    expect(() => parseFaultPlans({})).toThrow('plans is not an array');
  });
});

function one(fault: unknown): unknown {
  return { streamName: 's', faults: [fault] };
}
