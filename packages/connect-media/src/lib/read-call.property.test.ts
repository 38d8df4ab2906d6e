import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeStream, type FakeBlock, type FakeBody, type FakeFragment } from '../testing/fake-stream.ts';
import { hear, sleepingDeps } from '../testing/hear.ts';
import type { CallMediaEvent, CallMediaStart } from './call-media.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
const RUNS = { seed: 20_261_123, numRuns: 300 };
const ZERO_MS = 1_700_000_000_000;
const CALL = 'the-call';

type Identity = 'leading' | 'trailing' | 'both' | 'absent' | 'left-over';

interface Shape {
  readonly identity: Identity;
  readonly isSwapped: boolean;
  readonly sizes: readonly (readonly [customer: number, agent: number])[];
}

const shape = fc.record<Shape>({
  identity: fc.constantFrom('leading', 'trailing', 'both', 'absent', 'left-over'),
  isSwapped: fc.boolean(),
  sizes: fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 })), {
    maxLength: 5,
  }),
});
const contact = (name: string) => {
  return fc.record({ name: fc.constant(name), shapes: fc.array(shape, { minLength: 1, maxLength: 5 }) });
};
const faultyBody = fc.record<FakeBody>({
  chunkBytes: fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 }),
  endsAfterBytes: fc.oneof(fc.integer({ min: 0, max: 6000 }), fc.integer({ min: 0, max: 1500 })),
  isCut: fc.boolean(),
  repeated: fc.nat(3),
});
const world = fc.record({
  contacts: fc.tuple(contact('before'), contact(CALL), contact('after')),
  firstNumber: fc.constantFrom(1n, 99n, 91_343_852_333_181_432_392_682_062_622_476_999n, 10n ** 120n),
  bodies: fc.array(faultyBody, { maxLength: 30 }),
  start: fc.constantFrom('now', 'named', 'resume'),
  guid: fc.constantFrom(CALL, 'another-id'),
});

interface World {
  readonly fragments: readonly FakeFragment[];
  readonly said: Record<ParticipantRole, Buffer>;
  readonly first: FakeFragment;
}

/** Fragments of 1 s; every byte of the stream differs from its neighbours, whoever said it. */
function build(contacts: readonly { name: string; shapes: readonly Shape[] }[], firstNumber: bigint): World {
  const fragments: FakeFragment[] = [];
  const said: Record<ParticipantRole, Uint8Array[]> = { customer: [], agent: [] };
  let first: FakeFragment | undefined;
  let seed = 1;
  let before: string | undefined;
  for (const { name, shapes } of contacts) {
    for (const [index, { identity, isSwapped, sizes }] of shapes.entries()) {
      const blocks: FakeBlock[] = [];
      for (const [at, pair] of sizes.entries()) {
        for (const [side, bytes] of pair.entries()) {
          const role = PARTICIPANT_ROLES[side] ?? 'customer';
          const pcm = Uint8Array.from({ length: bytes }, () => (seed = (seed * 75 + 74) % 65_537) & 0xff);
          // Several blocks within the same millisecond.
          blocks.push({ role, pcm, atMs: Math.floor(at / 3) });
          if (name === CALL) said[role].push(pcm);
        }
      }
      // Whose a contact's first fragment is has to be said; a fragment may only leave it out after that.
      const kind = index === 0 && identity === 'absent' ? 'trailing' : identity;
      const isFirstLeftOver = kind === 'left-over' && index === 0 && name === CALL;
      const leading = kind === 'leading' || kind === 'both' ? name : isFirstLeftOver ? before : undefined;
      const trailing = kind === 'trailing' || kind === 'both' || kind === 'left-over' ? name : undefined;
      const startMs = ZERO_MS + fragments.length * 1000;
      const number = firstNumber + BigInt(fragments.length);
      const fragment = { number, startMs, leading, trailing, isSwapped, blocks };
      fragments.push(fragment);
      if (name === CALL) first ??= fragment;
    }
    before = name;
  }
  if (first === undefined) throw new Error('The call has no fragment');
  return {
    fragments,
    first,
    said: { customer: Buffer.concat(said.customer), agent: Buffer.concat(said.agent) },
  };
}

function startAt(kind: string, first: FakeFragment): CallMediaStart {
  const fragmentNumber = String(first.number);
  const acceptedAtMs = first.startMs;
  if (kind === 'now') return { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs };
  if (kind === 'named') {
    const selector = { type: 'FRAGMENT_NUMBER', afterFragmentNumber: fragmentNumber } as const;
    return { type: 'selector', selector, acceptedAtMs: acceptedAtMs + 700 };
  }
  const fromProducerTimestampMs = first.startMs;
  return {
    type: 'resume',
    fromFragmentNumber: fragmentNumber,
    fromProducerTimestampMs,
    latchedContactId: CALL,
  };
}

function heardOf(events: readonly CallMediaEvent[], role: ParticipantRole): Buffer {
  return Buffer.concat(
    events.flatMap((event) => (event.type === 'audio' && event.role === role ? [event.pcm] : [])),
  );
}

describe('readCall', () => {
  it('gives every byte of the call once, in order, and none of another contact, whatever the connections do', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ contacts, firstNumber, bodies, start, guid }) => {
        const { fragments, first, said } = build(contacts, firstNumber);
        const stream = new FakeStream(fragments, bodies);
        const deps = sleepingDeps(stream);
        const events = await hear(deps, startAt(start, first), guid);
        expect(deps.openCalls.count).toBe(0);
        for (const role of PARTICIPANT_ROLES) {
          expect(heardOf(events, role).toString('hex')).toBe(said[role].toString('hex'));
        }
        expect(events.at(-1)).toEqual({ type: 'end', reason: 'contact-changed' });
        expect(events.filter((event) => event.type === 'audio' && event.afterLoss)).toEqual([]);
        const begun = events.flatMap((event) => (event.type === 'fragment' ? [event.fragmentNumber] : []));
        const ended = events.flatMap((event) => (event.type === 'fragmentEnd' ? [event.fragmentNumber] : []));
        expect(begun).toEqual(ended);
        expect(new Set(begun).size).toBe(begun.length);
        expect(stream.openMax).toBe(1);
        expect(stream.opened.every(({ destroyed }) => destroyed)).toBe(true);
      }),
      RUNS,
    );
  });
});
