import { describe, expect, it } from 'vitest';
import type { CallMediaStart } from './call-media.ts';
import { ContactLatch, type ContactVerdict } from './contact-latch.ts';

const now: CallMediaStart = { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs: 1000 };
const named: CallMediaStart = {
  type: 'selector',
  selector: { type: 'FRAGMENT_NUMBER', afterFragmentNumber: '7' },
  acceptedAtMs: 1000,
};
const resumed: CallMediaStart = { type: 'resume', fromFragmentNumber: '7', latchedContactId: 'b' };

/** ContactId and server time of each fragment, and what becomes of it. */
type Row = readonly [contactId: string | undefined, serverTimestampMs: number, want: ContactVerdict];

const table: {
  given: string;
  start: CallMediaStart;
  fragments: readonly Row[];
  latched: string | undefined;
}[] = [
  {
    given: 'the guid, even before acceptance',
    start: now,
    fragments: [
      ['a', 500, 'skip'],
      [undefined, 600, 'skip'],
      ['guid', 700, 'mine'],
      [undefined, 800, 'mine'],
      ['a', 1500, 'other'],
    ],
    latched: 'guid',
  },
  {
    given: 'the first contact after acceptance where the guid does not appear',
    start: now,
    fragments: [
      ['a', 999, 'skip'],
      [undefined, 1000, 'skip'],
      ['b', 1000, 'mine'],
      ['b', 2000, 'mine'],
      ['guid', 3000, 'other'],
    ],
    latched: 'b',
  },
  {
    given: 'the contact of the named fragment whatever the time',
    start: named,
    fragments: [
      ['b', 5, 'mine'],
      ['guid', 6, 'other'],
    ],
    latched: 'b',
  },
  {
    given: 'the contact of the session before',
    start: resumed,
    fragments: [
      [undefined, 5, 'mine'],
      ['guid', 6, 'other'],
    ],
    latched: 'b',
  },
];

describe('ContactLatch', () => {
  it.each(table)('holds to $given', ({ start, fragments, latched }) => {
    const latch = new ContactLatch({ guid: 'guid', start });
    const got = fragments.map(([contactId, serverTimestampMs]) =>
      latch.judge({ contactId, serverTimestampMs, isDamaged: false }),
    );
    expect(got).toEqual(fragments.map(([, , want]) => want));
    expect(latch.contactId).toBe(latched);
  });

  it('tells the call by time once its named fragment is known to be gone', () => {
    const latch = new ContactLatch({ guid: 'guid', start: named });
    latch.judgeByTime(1000);
    expect(latch.judge({ contactId: 'a', serverTimestampMs: 999, isDamaged: false })).toBe('skip');
    expect(latch.judge({ contactId: 'b', serverTimestampMs: 1000, isDamaged: false })).toBe('mine');
  });

  it.each([
    { given: 'no ContactId', contactId: undefined, want: 'doubtful' },
    { given: 'another ContactId', contactId: 'c', want: 'doubtful' },
    { given: 'its own ContactId', contactId: 'b', want: 'mine' },
  ])('does not believe $given of a damaged fragment unless it is its own', ({ contactId, want }) => {
    const latch = new ContactLatch({ guid: 'guid', start: resumed });
    expect(latch.judge({ contactId, serverTimestampMs: 5, isDamaged: true })).toBe(want);
    expect(latch.judge({ contactId: 'b', serverTimestampMs: 6, isDamaged: false })).toBe('mine');
    expect(latch.contactId).toBe('b');
  });
});
