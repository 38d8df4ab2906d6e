import { describe, expect, it } from 'vitest';
import { CallTapes, HELD_BYTES_MAX } from './call-tapes.ts';

const START = { recordedToMs: 0, nextSamples: { customer: 0, agent: 0 }, holes: [] };
const BLOCK_MS = 100;
const SOUND = new Uint8Array(BLOCK_MS * 16).fill(1);

const settledAt = (ms: number) => {
  const side = { settledMs: ms, heardMs: ms, isSilent: true };
  return { customer: side, agent: side };
};

/** Both sides from one moment to another. */
function hear(tapes: CallTapes, fromMs: number, toMs: number): void {
  for (let atMs = fromMs; atMs < toMs; atMs += BLOCK_MS) {
    tapes.hear('customer', atMs * 8, atMs, SOUND);
    tapes.hear('agent', atMs * 8, atMs, SOUND);
  }
}

function message(startMs: number, endMs: number) {
  return { messageId: `at ${startMs}`, role: 'customer', startMs, endMs, text: 'Hello' } as const;
}

describe('CallTapes', () => {
  it('gives a stretch once it is long enough, up to what is settled and 30 s at most', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 50_000);
    expect(tapes.next(10_000)).toBeUndefined();
    tapes.settle(settledAt(9999));
    expect(tapes.next(10_000)).toBeUndefined();
    tapes.settle(settledAt(40_050));
    expect(tapes.next(10_000)?.stretch).toMatchObject({ fromMs: 0, toMs: 30_000 });
    tapes.stored({ messageIds: [] }, 30_000);
    expect(tapes.next(10_000)?.stretch).toMatchObject({ fromMs: 30_000, toMs: 40_000 });
    expect(tapes.heldSamples).toEqual({ customer: 240_000, agent: 240_000 });
  });

  it('gives each caption with the stretch it begins in, and a late one with the next', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 30_000);
    tapes.settle(settledAt(10_000));
    tapes.say(message(9000, 12_000), []);
    tapes.say(message(10_000, 11_000), []);
    const first = tapes.next(10_000);
    expect(first?.stretch.cues.map(({ startMs }) => startMs)).toEqual([9000]);
    tapes.say(message(5000, 6000), []);
    tapes.stored(first ?? { messageIds: [] }, 10_000);
    tapes.settle(settledAt(20_000));
    expect(tapes.next(10_000)?.stretch.cues.map(({ startMs }) => startMs)).toEqual([5000, 10_000]);
  });

  it('goes on where an earlier try of a stretch had ended', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 20_000);
    tapes.say(message(9000, 12_000), []);
    tapes.say(message(15_000, 16_000), []);
    tapes.settle(settledAt(20_000));
    const due = tapes.next(10_000);
    expect(due?.stretch.cues).toHaveLength(2);
    tapes.stored(due ?? { messageIds: [] }, 10_000);
    const { fromMs, cues } = tapes.next(10_000)?.stretch ?? { fromMs: 0, cues: [] };
    expect([fromMs, cues.map(({ startMs }) => startMs)]).toEqual([10_000, [15_000]]);
  });

  it('mutes a value on both sides of a boundary', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 30_000);
    tapes.say(message(9000, 12_000), [{ startMs: 9500, endMs: 10_500 }]);
    const mute = { role: 'customer', startMs: 9500, endMs: 10_500 };
    tapes.settle(settledAt(10_000));
    const first = tapes.next(10_000);
    expect(first?.stretch.mutes).toContainEqual(mute);
    tapes.stored(first ?? { messageIds: [] }, 10_000);
    tapes.settle(settledAt(20_000));
    expect(tapes.next(10_000)?.stretch.mutes).toContainEqual(mute);
    tapes.stored({ messageIds: [] }, 20_000);
    tapes.settle(settledAt(30_000));
    expect(tapes.next(10_000)?.stretch.mutes).toEqual([]);
  });

  it('holds a minute and gives up the oldest audio beyond it', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 60_000);
    expect(tapes.givenUpMs).toBe(0);
    hear(tapes, 60_000, 65_000);
    expect(tapes.givenUpMs).toBe(10_000);
    tapes.settle(settledAt(65_000));
    const due = tapes.next(10_000);
    expect(due?.stretch.fromMs).toBe(10_000);
    expect(due?.holes).toEqual([{ fromMs: 0, toMs: 10_000 }]);
    expect(HELD_BYTES_MAX).toBe(60_000 * 32);
  });

  it('has no hole where the audio was being stored while it was given up', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 55_000);
    tapes.settle(settledAt(55_000));
    const due = tapes.next(10_000);
    hear(tapes, 55_000, 65_000);
    expect(tapes.givenUpMs).toBe(10_000);
    tapes.stored(due ?? { messageIds: [] }, 30_000);
    tapes.settle(settledAt(65_000));
    expect(tapes.next(10_000)).toMatchObject({ stretch: { fromMs: 30_000 }, holes: [] });
  });

  it('stores no silence of a gap in the media, which is no hole', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 10_000);
    tapes.settle(settledAt(10_000));
    tapes.stored(tapes.next(0) ?? { messageIds: [] }, 10_000);
    hear(tapes, 600_000, 610_000);
    tapes.settle(settledAt(610_000));
    expect(tapes.next(10_000)).toMatchObject({ stretch: { fromMs: 600_000, toMs: 610_000 }, holes: [] });
  });

  it('records nothing of a clock that has jumped by days', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 1000);
    hear(tapes, 400_000_000, 400_001_000);
    tapes.settleAll();
    expect(tapes.next(0)?.stretch).toMatchObject({ fromMs: 0, toMs: 1000 });
    tapes.stored({ messageIds: [] }, 1000);
    expect([tapes.next(0), tapes.rest]).toEqual([undefined, undefined]);
    expect(tapes.heldSamples.customer).toBe(400_001_000 * 8);
  });

  it('ends with the last sample, and tells what was never stored', () => {
    const tapes = new CallTapes(START);
    hear(tapes, 0, 1000);
    tapes.hear('agent', 8000, 1000, new Uint8Array(2 * 100));
    tapes.settleAll();
    expect(tapes.next(0)?.stretch).toMatchObject({ fromMs: 0, toMs: 1013 });
    expect(tapes.rest).toEqual({ fromMs: 0, toMs: 1013 });
  });

  it('shows a message of the worker before only where it is not stored, and mutes it in any case', () => {
    const tapes = new CallTapes({ ...START, recordedToMs: 10_000 });
    const findings = [{ startMs: 9800, endMs: 10_400 }];
    tapes.sayAgain(message(9000, 11_000), findings);
    tapes.sayAgain(message(11_500, 12_000), []);
    hear(tapes, 8000, 20_000);
    tapes.settle(settledAt(20_000));
    const due = tapes.next(10_000);
    expect(due?.stretch.fromMs).toBe(10_000);
    expect(due?.stretch.cues.map(({ startMs }) => startMs)).toEqual([11_500]);
    expect(due?.stretch.mutes).toContainEqual({ role: 'customer', ...findings[0] });
  });
});
