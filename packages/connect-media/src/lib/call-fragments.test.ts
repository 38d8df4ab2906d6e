import { describe, expect, it } from 'vitest';
import { CallFragments } from './call-fragments.ts';
import type { CallMediaEvent } from './call-media.ts';
import type { FragmentHead, FragmentPart } from './fragment-reader.ts';

type Part = Exclude<FragmentPart, { type: 'refused' }>;

function begin(number: number, over: Partial<FragmentHead> = {}): Part {
  const head: FragmentHead = {
    fragmentNumber: String(number),
    serverTimestampMs: number * 1000,
    producerTimestampMs: number * 1000,
    clusterMs: number * 1000,
    contactId: 'c',
    roles: new Set(['customer', 'agent']),
    ...over,
  };
  return { type: 'begin', head };
}

function block(mediaMs: number, bytes = 1024): Part {
  return { type: 'block', role: 'customer', pcm: new Uint8Array(bytes), mediaMs };
}

const complete: Part = { type: 'complete', millisBehindNow: 0 };

function open(): CallFragments {
  const start = { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs: 0 } as const;
  return new CallFragments({ guid: 'c', start });
}

function take(fragments: CallFragments, ...parts: readonly Part[]): CallMediaEvent[] {
  return parts.flatMap((part) => [...fragments.take(part)]);
}

function times(events: readonly CallMediaEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'audio' ? [event.mediaMs] : []));
}

describe('CallFragments', () => {
  it('gives the blocks of a fragment read again only from where it broke off', () => {
    const fragments = open();
    take(fragments, begin(1), block(1000), block(1064));
    fragments.connect({ beginsAtNewest: false });
    const again = take(fragments, begin(1), block(1000), block(1064), block(1128), complete);
    expect(again.map(({ type }) => type)).toEqual(['audio', 'fragmentEnd']);
    expect(times(again)).toEqual([1128]);
  });

  it('drops a fragment that was complete before', () => {
    const fragments = open();
    take(fragments, begin(2), block(2000), complete);
    expect(take(fragments, begin(1), block(1000), complete, begin(2), block(2000), complete)).toEqual([]);
  });

  it('compares fragment numbers beyond the precision of numbers', () => {
    const fragments = open();
    const number = '91343852333181432392682062622476';
    take(fragments, begin(1, { fragmentNumber: `${number}1` }), block(1000), complete);
    expect(times(take(fragments, begin(1, { fragmentNumber: `${number}2` }), block(1064)))).toEqual([1064]);
  });

  it('holds blocks until the contact is known and gives none of a fragment cut before', () => {
    const fragments = open();
    expect(take(fragments, begin(1, { contactId: undefined }), block(1000))).toEqual([]);
    fragments.connect({ beginsAtNewest: false });
    const events = take(fragments, begin(1, { contactId: undefined }), block(1000), {
      type: 'identity',
      contactId: 'c',
    });
    expect(events.map(({ type }) => type)).toEqual(['contact', 'fragment', 'audio']);
  });

  it('gives up a fragment too large to hold', () => {
    const fragments = open();
    const half = 600 * 1024;
    const events = take(
      fragments,
      begin(1, { contactId: undefined }),
      block(1000, half),
      block(1064, half),
      complete,
    );
    expect(events).toMatchObject([{ type: 'problem', code: 'media.hold-overflow' }]);
  });

  it('tells once which side is missing, and every gap', () => {
    const fragments = open();
    const roles = new Set(['customer'] as const);
    const parts = [begin(1, { roles }), block(1000), complete, begin(9, { roles }), block(9000), complete];
    const events = take(fragments, ...parts, begin(20, { roles }), block(20_000), complete);
    const problems = events.flatMap((event) => (event.type === 'problem' ? [event.message] : []));
    expect(problems).toEqual([
      'Cannot hear agent: the stream has no track of that side',
      'Cannot find 7936 ms of media',
      'Cannot find 10936 ms of media',
    ]);
  });
});
