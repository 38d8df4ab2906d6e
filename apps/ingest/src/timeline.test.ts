import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

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
});
