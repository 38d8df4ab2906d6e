import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { Demuxer } from './demuxer.ts';
import { ElementId } from './element-id.ts';
import { MatroskaError } from './matroska-error.ts';
import { muxCluster, muxClusterStart, muxSimpleBlock } from './mux-cluster.ts';
import { concatBytes, muxElement } from './mux-element.ts';
import { muxHeader } from './mux-header.ts';

const header = muxHeader({ tracks: [{ number: 1, trackType: 2, codecId: 'A_PCM/INT/LIT' }] });
const payload = new Uint8Array(100);
const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload });

/** A SimpleBlock header that declares 73400320 bytes of content. */
const hugeBlockHeader = Uint8Array.of(0xa3, 0x14, 0x60, 0x00, 0x00);

describe('Demuxer limits', () => {
  it('refuses an element above elementBytesMax at its header, before anything is held for it', () => {
    const demuxer = new Demuxer();
    const start = concatBytes([header, muxClusterStart(0)]);
    for (const event of demuxer.write(start)) expect(event.type).not.toBe('problem');
    expect([...demuxer.write(hugeBlockHeader)]).toEqual([
      {
        type: 'problem',
        code: 'matroska.element-too-large',
        offset: start.length,
        message: 'Cannot read SimpleBlock: element size 73400320 bytes exceeds limit 67108864 bytes',
      },
    ]);
    for (let written = 0; written < 80_000_000; written += 1_000_000) {
      expect([...demuxer.write(new Uint8Array(1_000_000))]).toEqual([]);
      expect(demuxer.bufferedBytes).toBeLessThanOrEqual(1_000_000);
    }
    expect(eventsOfType([...demuxer.write(concatBytes([muxClusterStart(9), block]))], 'block')).toHaveLength(
      1,
    );
  });

  it('passes over exactly the element that is too large where its Cluster tells its size', () => {
    const blocks = [50, 5000, 60].map((length, index) => ({
      trackNumber: 1,
      relativeTimestamp: index,
      payload: new Uint8Array(length),
    }));
    const bytes = concatBytes([header, muxCluster({ timestamp: 0, blocks })]);
    const events = readEvents(bytes, { elementBytesMax: 1000 });
    expect(eventsOfType(events, 'block').map((event) => event.timestampMs)).toEqual([0, 2]);
    expect(eventsOfType(events, 'problem')).toMatchObject([
      { code: 'matroska.element-too-large', skippedBytes: 5007 },
    ]);
  });

  it('holds no more than the element it waits for, however large the stream', () => {
    const demuxer = new Demuxer({ elementBytesMax: 2000 });
    const start = concatBytes([header, muxClusterStart(0)]);
    expect([...demuxer.write(start)].length).toBeGreaterThan(0);
    for (let count = 0; count < 2000; count++) {
      expect([...demuxer.write(block)]).toHaveLength(1);
      expect(demuxer.bufferedBytes).toBeLessThanOrEqual(block.length);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses an elementBytesMax of %s', (elementBytesMax) => {
    expect(() => new Demuxer({ elementBytesMax })).toThrow(
      expect.objectContaining({ code: 'matroska.invalid-option', retryable: false }),
    );
  });

  it('refuses to write or finish after the end', () => {
    const demuxer = new Demuxer();
    expect([...demuxer.finish()]).toEqual([]);
    expect(() => demuxer.write(payload)).toThrow(expect.objectContaining({ code: 'matroska.finished' }));
    expect(() => demuxer.finish()).toThrow(MatroskaError);
  });

  it('throws the first problem under strict', () => {
    const bytes = concatBytes([header, muxClusterStart(0), block.subarray(0, 50)]);
    expect(() => readEvents(bytes, { strict: true })).toThrow(
      expect.objectContaining({
        code: 'matroska.truncated',
        message: 'Cannot read SimpleBlock: stream ends 56 bytes before its end',
      }),
    );
  });

  it('refuses nested tags beyond reason without running out of stack', () => {
    let nested = muxElement(ElementId.TagString, Uint8Array.of(0x61));
    for (let depth = 0; depth < 2000; depth++) nested = muxElement(ElementId.SimpleTag, nested);
    const bytes = concatBytes([header, muxElement(ElementId.Tags, muxElement(ElementId.Tag, nested))]);
    expect(eventsOfType(readEvents(bytes), 'problem')).toMatchObject([{ code: 'matroska.damaged' }]);
  });
});
