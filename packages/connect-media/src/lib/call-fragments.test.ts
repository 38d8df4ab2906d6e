import { describe, expect, it } from 'vitest';
import { CallFragments } from './call-fragments.ts';
import type { CallMediaEvent } from './call-media.ts';
import type { FragmentHead } from './fragment-reader.ts';

type Act = (fragments: CallFragments) => void;

function begin(number: number | string, over: Partial<FragmentHead> = {}): Act {
  const atMs = Number(number) * 1000;
  const head: FragmentHead = {
    fragmentNumber: String(number),
    serverTimestampMs: atMs,
    producerTimestampMs: atMs,
    clusterMs: atMs,
    contactId: 'c',
    roles: new Set(['customer', 'agent']),
    isDamaged: false,
    ...over,
  };
  return (fragments) => fragments.begin(head);
}

/** Bytes count up from `from`, so that pieces can be told apart. */
function block(mediaMs: number, bytes = 16, from = 0): Act {
  const pcm = Uint8Array.from({ length: bytes }, (_, index) => from + index);
  return (fragments) => fragments.block('customer', pcm, mediaMs);
}

const reconnect: Act = (fragments) => fragments.connect({});
const damage: Act = (fragments) => fragments.damaged('Cannot read Cluster: bad');
const trailing = (contactId: string): Act => {
  return (fragments) => fragments.identity(contactId);
};
const complete = (token?: number | string): Act => {
  return (fragments) =>
    fragments.complete({ token: token === undefined ? undefined : String(token), millisBehindNow: 0 });
};

function open(start: 'now' | 'named' = 'now', guid = 'c'): CallFragments {
  const selector =
    start === 'now'
      ? ({ type: 'NOW' } as const)
      : ({ type: 'FRAGMENT_NUMBER', afterFragmentNumber: '1' } as const);
  return new CallFragments({ guid, start: { type: 'selector', selector, acceptedAtMs: 0 } });
}

function take(fragments: CallFragments, ...acts: readonly Act[]): readonly CallMediaEvent[] {
  for (const act of acts) act(fragments);
  return fragments.takeEvents();
}

function heard(events: readonly CallMediaEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'audio') return [];
    return [`${event.mediaMs}: ${[...event.pcm].join(' ')}${event.afterLoss === true ? ' after loss' : ''}`];
  });
}

function kinds(events: readonly CallMediaEvent[]): string[] {
  return events.map((event) => (event.type === 'problem' ? event.code : event.type));
}

describe('CallFragments', () => {
  it('goes on at the byte where a fragment broke off, though blocks share one time', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000, 2, 0), block(1000, 2, 2));
    const again = take(
      fragments,
      reconnect,
      begin(1),
      block(1000, 2, 0),
      block(1000, 2, 2),
      block(1000, 2, 4),
      complete(1),
    );
    expect(kinds(again)).toEqual(['audio', 'fragmentEnd']);
    expect(heard(again)).toEqual(['1000: 4 5']);
  });

  it('gives the rest of a block when the fragment comes in other blocks the second time', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000, 16));
    expect(heard(take(fragments, reconnect, begin(1), block(1000, 32)))).toEqual([
      `1001: ${Array.from({ length: 16 }, (_, index) => index + 16).join(' ')}`,
    ]);
  });

  it('gives blocks that go back in time: where they belong is not decided here', () => {
    const events = take(open(), begin(1), block(1064, 1), block(1000, 1), block(1000, 1), complete(1));
    expect(heard(events)).toHaveLength(3);
  });

  it('drops a fragment that was complete before, and says so', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000), complete(1), begin(2), block(2000), complete(2));
    const again = take(
      fragments,
      reconnect,
      begin(1),
      block(1000),
      complete(1),
      begin(2),
      block(2000),
      complete(2),
    );
    expect(again).toEqual([
      { type: 'duplicate', fragmentNumber: '1' },
      { type: 'duplicate', fragmentNumber: '2' },
    ]);
  });

  it('does not count the margin before the first fragment as duplicates', () => {
    const fragments = open('now');
    take(fragments, begin(5), block(5000), complete(5));
    expect(take(fragments, reconnect, begin(4), block(4000), complete(4))).toEqual([]);
    const named = open('named');
    expect(take(named, begin(0), block(0), complete(0))).toEqual([]);
  });

  it('compares fragment numbers beyond the precision of numbers', () => {
    const fragments = open();
    const number = '91343852333181432392682062622476'.repeat(3);
    take(fragments, begin(`${number}1`), block(1000), complete(`${number}1`));
    expect(heard(take(fragments, begin(`${number}2`), block(1064, 1)))).toHaveLength(1);
  });

  it('holds blocks until the contact is known and gives none of a fragment cut before', () => {
    const fragments = open();
    expect(take(fragments, begin(1, { contactId: undefined }), block(1000))).toEqual([]);
    const events = take(fragments, reconnect, begin(1, { contactId: undefined }), block(1000), trailing('c'));
    expect(kinds(events)).toEqual(['contact', 'fragment', 'audio']);
  });

  it('believes the last ContactId of the first fragment: the one before may be left over', () => {
    const fragments = open('named', 'not-a-contact');
    const events = take(
      fragments,
      begin(1, { contactId: 'before' }),
      block(1000),
      trailing('c'),
      complete(1),
    );
    expect(kinds(events)).toEqual(['contact', 'fragment', 'audio', 'fragmentEnd']);
    expect(events[0]).toEqual({ type: 'contact', contactId: 'c' });
  });

  it.each([
    { given: 'before the Cluster', acts: [begin(2, { contactId: 'x' }), block(2000)] },
    {
      given: 'behind the Cluster',
      acts: [begin(2, { contactId: undefined }), block(2000), trailing('x'), complete(2)],
    },
    {
      given: 'in a fragment without a number, and then none',
      acts: [
        begin('', { fragmentNumber: undefined, contactId: 'x', isDamaged: true }),
        block(2000),
        complete(),
        begin(3, { contactId: undefined }),
        block(3000),
        complete(3),
        begin(4, { contactId: 'x' }),
      ],
    },
  ])('ends at another ContactId $given without a block of it', ({ acts }) => {
    const fragments = open();
    take(fragments, begin(1), block(1000), complete(1));
    const events = take(fragments, ...acts);
    expect(heard(events)).toEqual([]);
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'contact-changed' });
  });

  it('ends where two ContactIds of one fragment contradict each other, without what follows', () => {
    const fragments = open();
    const events = take(fragments, begin(1), block(1000), trailing('x'), block(1064), complete(1));
    expect(heard(events)).toHaveLength(1);
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'contact-changed' });
  });

  it('does not end the call because of a ContactId in a damaged fragment', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000), complete(1));
    const events = take(
      fragments,
      begin(2, { contactId: undefined }),
      block(2000),
      damage,
      trailing('x'),
      complete(2),
      begin(3),
      block(3000, 1),
      complete(3),
    );
    expect(heard(events)).toEqual(['3000: 0 after loss']);
    expect(kinds(events)).toContain('media.damaged');
  });

  it('gives what follows damage only when its fragment turns out to end itself', () => {
    const fragments = open();
    const acts = [begin(1), block(1000, 1), damage, block(1512, 1)];
    expect(heard(take(fragments, ...acts))).toEqual(['1000: 0']);
    expect(heard(take(fragments, complete(1)))).toEqual(['1512: 0 after loss']);
    const other = [begin(2), block(2000, 1), damage, block(2512, 1), complete(3)];
    expect(heard(take(fragments, ...other, begin(4), block(4000, 1)))).toEqual([
      '2000: 0',
      '4000: 0 after loss',
    ]);
  });

  it('marks the same block after a loss however often its fragment is read', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000, 1), complete(1), damage, begin(2), block(2000, 1));
    const events = take(fragments, reconnect, damage, begin(2), block(2000, 1), block(2064, 1), complete(2));
    expect(heard(events)).toEqual(['2064: 0']);
    expect(kinds(events)).not.toContain('media.damaged');
  });

  it('tells a loss at the end of a fragment with the next block of that side, though it was held and cut', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000, 1), damage, complete(1));
    take(fragments, begin(2, { contactId: undefined }), block(2000, 1));
    const events = take(
      fragments,
      reconnect,
      begin(2, { contactId: undefined }),
      block(2000, 1),
      block(2064, 1),
      trailing('c'),
    );
    expect(heard(events)).toEqual(['2000: 0 after loss', '2064: 0']);
  });

  it('tells a loss at the end of the margin, and none further back', () => {
    const named = open('named');
    const events = take(named, begin(0), damage, block(0, 1), complete(0), begin(1), block(1000, 1));
    expect(heard(events)).toEqual(['1000: 0']);
    const atEnd = open('named');
    const acts = [begin(0), block(0, 1), damage, complete(0), begin(1), block(1000, 1)];
    expect(heard(take(atEnd, ...acts))).toEqual(['1000: 0 after loss']);
  });

  it.each([
    { given: 'bytes', acts: [block(1000, 600 * 1024), block(1064, 600 * 1024)] },
    { given: 'blocks', acts: Array.from({ length: 16_385 }, () => block(1000, 1)) },
  ])('gives up a fragment with more $given than may wait', ({ acts }) => {
    const fragments = open();
    const events = take(fragments, begin(1, { contactId: undefined }), ...acts, complete(1));
    expect(kinds(events)).toEqual(['media.hold-overflow']);
    expect(heard(take(fragments, begin(2), block(2000, 1)))).toEqual(['2000: 0 after loss']);
  });

  it('stops at a first fragment that is later than the one wanted, and goes on from an earlier one', () => {
    const late = open('named');
    late.connect({ reach: 1n });
    expect(take(late, begin(3), block(3000))).toEqual([]);
    expect(late.stoppedAt?.number).toBe(3n);
    const early = open('named');
    early.connect({ reach: 1n, reachBeforeMs: 5000 });
    expect(heard(take(early, begin(0), block(0, 1), complete(0), begin(3), block(3000, 1)))).toHaveLength(1);
    const never = open('named');
    never.connect({ reach: 1n, reachBeforeMs: 5000 });
    take(never, begin(0, { serverTimestampMs: 6000 }));
    expect(never.stoppedAt?.number).toBe(0n);
  });

  it('tells once which side is missing, and every gap', () => {
    const fragments = open();
    const roles = new Set(['customer'] as const);
    const parts = [
      begin(1, { roles }),
      block(1000),
      complete(1),
      begin(9, { roles }),
      block(9000),
      complete(9),
    ];
    const events = take(fragments, ...parts, begin(20, { roles }), block(20_000), complete(20));
    const problems = events.flatMap((event) => (event.type === 'problem' ? [event.message] : []));
    expect(problems).toEqual([
      'Cannot hear agent: the stream has no track of that side',
      'Cannot find 7999 ms of media',
      'Cannot find 10999 ms of media',
    ]);
  });
});
