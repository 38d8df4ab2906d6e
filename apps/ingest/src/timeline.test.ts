import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_TIMELINE, Timeline } from './timeline.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const BLOCK_BYTES = 1024;
const block = (mediaMs: number, bytes = BLOCK_BYTES) => ({ mediaMs, pcm: new Uint8Array(bytes) });

describe('Timeline', () => {
  const tables = [
    {
      given: 'the next block on the grid',
      startMs: 64,
      want: { silenceSamples: 0, jumped: false, atMs: 64 },
    },
    {
      given: 'a 52 ms hole after a short block',
      startMs: 116,
      want: { silenceSamples: 0, jumped: false, atMs: 116 },
    },
    { given: 'a 120 ms hole', startMs: 184, want: { silenceSamples: 0, jumped: false, atMs: 184 } },
    { given: 'a 121 ms hole', startMs: 185, want: { silenceSamples: 968, jumped: false, atMs: 185 } },
    { given: 'a 2 s hole', startMs: 2064, want: { silenceSamples: 16_000, jumped: false, atMs: 2064 } },
    { given: 'a hole over 2 s', startMs: 2065, want: { silenceSamples: 0, jumped: true, atMs: 2065 } },
    {
      given: 'a block that starts before the last one ended',
      startMs: 50,
      want: { silenceSamples: 0, jumped: false, atMs: 64 },
    },
  ];

  for (const { given, startMs, want } of tables) {
    it(`places ${given}`, () => {
      const timeline = new Timeline();
      timeline.place(block(0));
      const { silenceSamples, jumped } = timeline.place(block(startMs));
      expect({ silenceSamples, jumped }).toEqual({
        silenceSamples: want.silenceSamples,
        jumped: want.jumped,
      });
      expect(timeline.mediaMsAt(512 + silenceSamples)).toBe(want.atMs);
      expect(timeline.samples).toBe(1024 + silenceSamples);
      expect(timeline.audioBytes).toBe(2 * BLOCK_BYTES);
    });
  }

  it('goes on from a snapshot as if nothing had happened', () => {
    const whole = new Timeline();
    whole.place(block(1000));
    const resumed = new Timeline(JSON.parse(JSON.stringify(whole.snapshot())));
    for (const startMs of [1064, 1500, 1564]) {
      expect(resumed.place(block(startMs))).toEqual(whole.place(block(startMs)));
    }
    expect(resumed.snapshot()).toEqual(whole.snapshot());
    expect(resumed.mediaMsAt(resumed.samples)).toBe(whole.mediaMsAt(whole.samples));
  });

  it('counts the odd byte of a damaged block as received', () => {
    const timeline = new Timeline();
    timeline.place(block(0, 1023));
    expect(timeline.audioBytes).toBe(1023);
    expect(timeline.samples).toBe(511);
  });

  const losses = [
    { given: 'a block lost', startMs: 128, silenceSamples: 512 },
    { given: 'a millisecond lost', startMs: 65, silenceSamples: 8 },
    { given: 'nothing missing by the clock', startMs: 64, silenceSamples: 0 },
    { given: 'an overlap', startMs: 40, silenceSamples: 0 },
    { given: '2 s lost', startMs: 2064, silenceSamples: 16_000 },
  ];
  for (const { given, startMs, silenceSamples } of losses) {
    it(`fills all of a known loss: ${given}`, () => {
      const timeline = new Timeline();
      timeline.place(block(0));
      const placed = timeline.place({ ...block(startMs), afterLoss: true });
      expect([placed.silenceSamples, placed.jumped]).toEqual([silenceSamples, false]);
      const lostMs = silenceSamples / 8;
      expect(timeline.filled).toEqual({ count: lostMs > 0 ? 1 : 0, totalMs: lostMs, longestMs: lostMs });
    });
  }

  it('counts holes it fills apart from those it jumps, and short blocks not at all', () => {
    const timeline = new Timeline();
    for (const startMs of [0, 116, 680, 2000, 5064, 15_000]) timeline.place(block(startMs));
    expect(timeline.filled).toEqual({ count: 2, totalMs: 500 + 1256, longestMs: 1256 });
    expect(timeline.gaps).toEqual({ count: 2, totalMs: 3000 + 9872, longestMs: 9872 });
  });

  it('sees a loss in full after blocks that overlapped', () => {
    const timeline = new Timeline();
    for (const startMs of [0, 64, 68, 132]) timeline.place(block(startMs));
    expect(timeline.place({ ...block(260), afterLoss: true }).silenceSamples).toBe(512);
    expect(timeline.mediaMsAt(timeline.samples)).toBeGreaterThanOrEqual(324);
  });

  it('keeps the bytes of blocks of any size in step', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1024 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.nat(60), (blockBytes, moveAt) => {
        const source = Uint8Array.from({ length: sum(blockBytes) }, (_, index) => (index * 131) % 251);
        const heard: number[] = [];
        let timeline = new Timeline();
        let at = 0;
        for (const [index, bytes] of blockBytes.entries()) {
          // Another worker goes on anywhere.
          if (index === moveAt) timeline = new Timeline(JSON.parse(JSON.stringify(timeline.snapshot())));
          const placed = timeline.place({
            mediaMs: 5000 + Math.round(at / 16),
            pcm: source.subarray(at, at + bytes),
          });
          expect([placed.silenceSamples, placed.jumped]).toEqual([0, false]);
          heard.push(...placed.pcm);
          at += bytes;
        }
        expect(heard).toEqual([...source.subarray(0, at - (at % 2))]);
        expect([timeline.audioBytes, timeline.samples]).toEqual([at, Math.floor(at / 2)]);
        expect(Math.abs(timeline.mediaMsAt(timeline.samples) - 5000 - at / 16)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('drops half a sample whose other half was lost', () => {
    const timeline = new Timeline();
    timeline.place(block(0, 1023));
    const pcm = Uint8Array.of(1, 2, 3, 4);
    expect([...timeline.place({ mediaMs: 128, pcm, afterLoss: true }).pcm]).toEqual([1, 2, 3, 4]);
    timeline.place(block(129, 1023));
    expect([...timeline.place({ mediaMs: 9000, pcm }).pcm]).toEqual([1, 2, 3, 4]);
  });

  it('keeps half a sample where nothing is missing by the clock: the other side was damaged', () => {
    const timeline = new Timeline();
    timeline.place({ mediaMs: 0, pcm: Uint8Array.of(1, 2, 3) });
    expect([...timeline.place({ mediaMs: 0, pcm: Uint8Array.of(4), afterLoss: true }).pcm]).toEqual([3, 4]);
  });

  it('begins with nothing', () => {
    expect(new Timeline().snapshot()).toEqual(EMPTY_TIMELINE);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
