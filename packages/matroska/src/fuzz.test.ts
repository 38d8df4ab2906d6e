import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Demuxer, isMatroskaError, type MatroskaEvent } from './index.ts';
import { concatBytes } from './lib/mux-element.ts';
import { connectFragment } from './testing/connect-fragment.ts';
import { connectCall } from './testing/damage.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_124 });

const ELEMENT_BYTES_MAX = 100_000;
/** What `bufferedBytes` may be beside the limit and the last chunk. */
const GO_BACK_BYTES_MAX = 2 * 65_536;

const calls = [connectCall(3, 'unknown'), connectCall(3, 'known'), connectCall(3, 'known-8-bytes')];
const call = fc.constantFrom(...calls);
/** Interesting bytes are first bytes of ids, sizes and marks; the rest is noise. */
const bytesLike = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 600 }),
  fc
    .array(
      fc.constantFrom(
        0x1a,
        0x45,
        0xdf,
        0xa3,
        0xa0,
        0xe7,
        0xec,
        0xff,
        0x01,
        0x00,
        0x81,
        0x1f,
        0x43,
        0xb6,
        0x75,
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((values) => Uint8Array.from(values)),
  fc.nat({ max: 30_000 }).map((from) => connectFragment(1).subarray(from, from + 700)),
);
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat({ max: 2000 }),
  put: bytesLike,
});
const options = fc.record({ confirmBlocks: fc.boolean(), verifyCrc32: fc.boolean(), strict: fc.boolean() });

function mutate(
  bytes: Uint8Array,
  { at, removed, put }: { at: number; removed: number; put: Uint8Array },
): Uint8Array {
  const from = Math.floor(at * bytes.length);
  return concatBytes([bytes.subarray(0, from), put, bytes.subarray(from + removed)]);
}

describe('Demuxer with mutated files of the shape of Amazon Connect', () => {
  it('throws nothing but MatroskaError under strict, holds no more than it may, and gives events in proportion', () => {
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });
    const chunk = fc.oneof(fc.constantFrom(1400, 65_536), fc.integer({ min: 50, max: 9000 }));
    fc.assert(
      fc.property(call, mutations, chunk, options, (bytes, changes, chunkBytes, given) => {
        const bad = changes.reduce(mutate, bytes);
        const demuxer = new Demuxer({ ...given, elementBytesMax: ELEMENT_BYTES_MAX });
        let eventCount = 0;
        const take = (events: Iterable<MatroskaEvent>): void => {
          for (const event of events) {
            eventCount += 1;
            if (event.type !== 'block') continue;
            for (const frame of event.frames) expect(frame.length).toBeLessThanOrEqual(ELEMENT_BYTES_MAX);
          }
        };
        try {
          for (let at = 0; at < bad.length; at += chunkBytes) {
            take(demuxer.write(bad.subarray(at, at + chunkBytes)));
            expect(demuxer.bufferedBytes).toBeLessThanOrEqual(
              GO_BACK_BYTES_MAX + ELEMENT_BYTES_MAX + chunkBytes,
            );
          }
          take(demuxer.finish());
        } catch (error) {
          if (!given.strict || !isMatroskaError(error)) throw error;
        }
        expect(eventCount).toBeLessThanOrEqual(bad.length / 4 + 20);
      }),
      { numRuns: 300 },
    );
  });

  it('holds as much at the end of a stream as at its beginning', () => {
    const fragment = connectFragment(1);
    const demuxer = new Demuxer({
      elementBytesMax: ELEMENT_BYTES_MAX,
      confirmBlocks: true,
      verifyCrc32: true,
    });
    const held: number[] = [];
    for (let count = 0; count < 600; count++) {
      for (const event of demuxer.write(fragment)) expect(event.type).not.toBe('problem');
      held.push(demuxer.bufferedBytes);
    }
    expect(Math.max(...held)).toBe(held[0]);
  });
});
